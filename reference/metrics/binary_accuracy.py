"""Accuracy for two classes, from the probability of class 1.

    A = share of the examples where (p_i > threshold) is y_i

Keras counts entries of a matrix of outputs alike; here examples are a vector. Comparing p itself
with y, as Keras's metric named Accuracy does, counts only probabilities that are exactly 0 or 1:
lecture 001 uses it by mistake. An empty batch gives nan.

Source: Vanschoren (001), "Choosing loss, optimizer, metrics".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.metrics import threshold_decision
from reference.spec import Below, Between, Example, Given, Index, Procedure, Real, Try


def run(
    probability: Shaped[Real, "n", Between(0, 1), Given()],
    target: Shaped[Index, "n", Below("2")],
    *,
    threshold: Shaped[float, Try((0.5, 0.25))] = 0.5,
) -> Shaped[Real, ""]:
    return (threshold_decision.run(probability, threshold=threshold) == target).mean(
        dtype=np.result_type(probability.dtype, np.float16)
    )


def right_or_wrong(f, probability, target, threshold):
    """With every target exchanged, what was right is wrong: the two shares add up to one."""
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
    laws=(right_or_wrong, blind_to_the_order_of_examples),
    source="Vanschoren (001)",
    examples=(
        Example(
            inputs={"probability": np.array([0.5, 0.25, 0.75]), "target": np.array([0, 0, 1])},
            prints={"run": (None,)},
            source="the text, one of them undecided",
        ),
    ),
)
