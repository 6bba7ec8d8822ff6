"""Accuracy for many classes, with one-hot targets.

    A = share of the examples where argmax_c s_ic is argmax_c y_ic

Scores and targets both have shape (n, c). If targets are rows of probabilities, their highest class
counts. Ties go to the first class in scores and in targets, as in `argmax_decision`. An empty batch
gives nan.

    >>> float(run(np.array([[0.1, 0.7, 0.2], [0.4, 0.2, 0.4]]), np.eye(3)[[1, 2]]))
    0.5

Source: Vanschoren (001), "Choosing loss, optimizer, metrics".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.metrics import argmax_decision, sparse_accuracy
from reference.spec import Given, Procedure, Real, Simplex


def run(
    scores: Shaped[Real, "n c"], target: Shaped[Real, "n c", Simplex(), Given()]
) -> Shaped[Real, ""]:
    return sparse_accuracy.run(scores, argmax_decision.run(target))


def sparse_accuracy_of_the_labels(f, scores, target):
    """One-hot targets give the same accuracy as their labels."""
    labels = argmax_decision.run(target)
    one_hot = np.eye(target.shape[1])[labels]
    return f(scores, one_hot), sparse_accuracy.run(scores, labels)


def prediction_and_target_are_alike(f, scores, target):
    """Exchanging scores and targets changes nothing."""
    return f(scores, target), f(target, scores)


def perfect_on_the_target(f, scores, target):
    """Predicting the targets themselves gives an accuracy of one."""
    return f(target, target), 1.0


SPEC = Procedure(
    run=run,
    torch=lambda torch, scores, target: (
        (scores.argmax(dim=1) == target.argmax(dim=1)).to(scores.dtype).mean()
    ),
    properties=(
        sparse_accuracy_of_the_labels,
        prediction_and_target_are_alike,
        perfect_on_the_target,
    ),
)
