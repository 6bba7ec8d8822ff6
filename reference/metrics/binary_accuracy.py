"""Accuracy for two classes, from the probability of class 1.

    A = share of the examples where (p_i > threshold) is y_i

Probabilities and targets both have shape (n,). A probability equal to the threshold counts as
class 0, as in Keras's BinaryAccuracy, which also counts the entries of a matrix of outputs. The
threshold is 0.5 by default in both. Keras's metric named Accuracy compares p itself with y, so it
counts only probabilities that are exactly 0 or 1; lecture 001 uses it by mistake. An empty batch
gives nan.

    >>> float(run(np.array([0.5, 0.25, 0.75, 0.9]), np.array([1, 0, 1, 1])))
    0.75

Source: Vanschoren (001), "Choosing loss, optimizer, metrics".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.metrics import threshold_decision
from reference.spec import Below, Between, Example, Given, Index, Procedure, Range, Real, Try


def run(
    probability: Shaped[Real, "n", Between(0, 1), Given()],
    target: Shaped[Index, "n", Below("2")],
    *,
    threshold: Shaped[float, Try((0.5, 0.25, 0.0, 1.0)), Range(0, 1)] = 0.5,
) -> Shaped[Real, ""]:
    return (threshold_decision.run(probability, threshold=threshold) == target).mean(
        dtype=np.result_type(probability.dtype, np.float16)
    )


def right_or_wrong(f, probability, target, threshold):
    """The accuracy, and the accuracy with every target exchanged, add up to one."""
    exchanged = f(probability, 1 - target, threshold=threshold)
    return 1 - exchanged, f(probability, target, threshold=threshold), 1.0


def blind_to_the_order_of_examples(f, probability, target, threshold):
    """Reversing the batch changes nothing."""
    backwards = f(probability[::-1], target[::-1], threshold=threshold)
    return backwards, f(probability, target, threshold=threshold)


SPEC = Procedure(
    run=run,
    torch=lambda torch, probability, target, threshold: (
        ((probability > threshold).long() == target).to(probability.dtype).mean()
    ),
    properties=(right_or_wrong, blind_to_the_order_of_examples),
    possible=lambda probability, target, threshold: threshold_decision.decided(
        probability, threshold
    ),
    examples=(
        Example(
            inputs={"probability": np.array([0.5, 0.25, 0.75]), "target": np.array([0, 0, 1])},
            prints={"run": (None,)},
            source="the text, one of them undecided",
        ),
    ),
)
