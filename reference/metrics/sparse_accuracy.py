"""Accuracy for many classes, with targets given as labels.

    A = share of the examples where argmax_c s_ic is y_i

Scores have shape (n, c) and labels (n,), with values from 0 to c - 1. Ties go to the first class,
as in `argmax_decision`. Keras calls this metric SparseCategoricalAccuracy. An empty batch gives
nan.

    >>> float(run(np.array([[0.1, 0.7, 0.2], [0.4, 0.2, 0.4]]), np.array([1, 2])))
    0.5

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
    """If the labels are the predicted classes, the accuracy is one."""
    return f(scores, argmax_decision.run(scores)), 1.0


def same_for_a_doubled_batch(f, scores, labels):
    """Repeating all examples of a batch does not change the accuracy."""
    return f(np.concatenate([scores, scores]), np.concatenate([labels, labels])), f(scores, labels)


SPEC = Procedure(
    run=run,
    torch=lambda torch, scores, labels: (scores.argmax(dim=1) == labels).to(scores.dtype).mean(),
    properties=(perfect_on_its_own_decisions, same_for_a_doubled_batch),
)
