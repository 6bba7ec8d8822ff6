"""The class of each example: the one of the highest score.

    y = the smallest c with s_c = max_j s_j

Scores may be logits or probabilities, since softmax keeps their order. Ties go to the first of the
highest, in numpy, torch on the CPU and Keras alike. A nan counts as the highest score.

Source: Brajard (003); Bishop 2006, section 1.5.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Real


def run(scores: Shaped[Real, "... c"]) -> Shaped[Index, "..."]:
    return np.argmax(scores, axis=-1)


def blind_to_rising_transformations(f, scores):
    """Only the order counts: tripled scores decide alike."""
    return f(3 * scores), f(scores)


def first_of_equals(f, scores):
    """Among equal scores the first wins."""
    return f(0 * scores), 0 * f(scores)


def a_copy_behind_never_wins(f, scores):
    """Repeating the classes behind themselves decides nothing anew."""
    return f(np.concatenate([scores, scores], axis=-1)), f(scores)


SPEC = Procedure(
    run=run,
    torch=lambda torch, scores: torch.argmax(scores, dim=-1),
    laws=(blind_to_rising_transformations, first_of_equals, a_copy_behind_never_wins),
    source="Bishop 2006, 1.5.1",
)
