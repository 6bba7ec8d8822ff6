"""Accuracy for many classes, with targets given as labels.

    A = share of the examples where argmax_c s_ic is y_i

Ties go to the first class, as in `argmax_decision`. An empty batch gives nan.

Source: Vanschoren (001), "Choosing loss, optimizer, metrics".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.metrics import argmax_decision
from reference.spec import Below, Index, Procedure, Real


def run(scores: Shaped[Real, "n c"], labels: Shaped[Index, "n", Below("c")]) -> Shaped[Real, ""]:
    return (argmax_decision.run(scores) == labels).mean(
        dtype=np.result_type(scores.dtype, np.float16)
    )


def perfect_on_its_own_decisions(f, scores, labels):
    """Graded on what it says, it is always right."""
    return f(scores, argmax_decision.run(scores)), 1.0


def same_for_a_doubled_batch(f, scores, labels):
    """A batch repeated twice has the same share of right answers."""
    return f(np.concatenate([scores, scores]), np.concatenate([labels, labels])), f(scores, labels)


SPEC = Procedure(
    run=run,
    torch=lambda torch, scores, labels: (scores.argmax(dim=1) == labels).to(scores.dtype).mean(),
    laws=(perfect_on_its_own_decisions, same_for_a_doubled_batch),
    source="Vanschoren (001)",
)
