"""Accuracy for many classes, with one-hot targets.

    A = share of the examples where argmax_c s_ic is argmax_c y_ic

Targets that are rows of probabilities count by their highest class; ties go to the first class on
both sides, as in `argmax_decision`. An empty batch gives nan.

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
    """One-hot targets give what their labels give."""
    labels = argmax_decision.run(target)
    one_hot = np.eye(target.shape[1])[labels]
    return f(scores, one_hot), sparse_accuracy.run(scores, labels)


def prediction_and_target_are_alike(f, scores, target):
    """Exchanging what is predicted with what is true changes nothing."""
    return f(scores, target), f(target, scores)


def perfect_on_the_target(f, scores, target):
    """Predicting the target itself is always right."""
    return f(target, target), 1.0


SPEC = Procedure(
    run=run,
    torch=lambda torch, scores, target: (
        (scores.argmax(dim=1) == target.argmax(dim=1)).to(scores.dtype).mean()
    ),
    laws=(
        sparse_accuracy_of_the_labels,
        prediction_and_target_are_alike,
        perfect_on_the_target,
    ),
    source="Vanschoren (001)",
)
