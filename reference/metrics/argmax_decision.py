"""The predicted class of each example: the class with the highest score.

    y = the smallest c with s_c = max_j s_j

Scores of shape (..., c) give integer classes of shape (...). Scores may be logits or probabilities,
since softmax keeps their order. At a tie the first of the highest scores wins, as in numpy, in
PyTorch on the CPU and in Keras. A nan counts as the highest score. An empty batch gives an empty
array, and a batch without classes raises ValueError. Lecture 003 prints the first row below with
decimal commas, as (0.1, 0, 7, 0, 2).

    >>> run(np.array([[0.1, 0.7, 0.2], [0.4, 0.2, 0.4]]))
    array([1, 0])

Source: Brajard (003); Bishop 2006, section 1.5.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Real


def run(scores: Shaped[Real, "... c"]) -> Shaped[Index, "..."]:
    return np.argmax(scores, axis=-1)


def blind_to_rising_transformations(f, scores):
    """Only the order of the scores counts: tripling all scores changes no class."""
    return f(3 * scores), f(scores)


def first_of_equals(f, scores):
    """If all scores are equal, the first class is chosen."""
    return f(0 * scores), 0 * f(scores)


def a_copy_behind_never_wins(f, scores):
    """Appending a copy of all classes after the last class changes nothing."""
    return f(np.concatenate([scores, scores], axis=-1)), f(scores)


SPEC = Procedure(
    run=run,
    torch=lambda torch, scores: torch.argmax(scores, dim=-1),
    properties=(blind_to_rising_transformations, first_of_equals, a_copy_behind_never_wins),
)
