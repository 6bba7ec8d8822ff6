"""The predicted class of each example, from the probability of class 1.

    y = 1 where p > threshold,  else 0

The result is an integer array of the same shape. A probability equal to the threshold gives 0, as
in Keras; PyTorch has no such function. A threshold of 1/2 for the probability is a threshold of 0
for the logit. A nan gives 0.

    >>> run(np.array([0.25, 0.5, 0.75]))
    array([0, 0, 1])

Source: Brajard (003); Bishop 2006, section 1.5.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations._margin import LEAST
from reference.spec import Between, Example, Given, Index, Procedure, Range, Real, Try


def run(
    probability: Shaped[Real, "...", Between(0, 1), Given()],
    *,
    threshold: Shaped[float, Try((0.5, 0.25, 0.9, 0.0, 1.0)), Range(0, 1)] = 0.5,
) -> Shaped[Index, "..."]:
    return np.where(probability > threshold, 1, 0)


def a_decision_decides_itself(f, probability, threshold):
    """Applying the threshold to the decisions changes nothing."""
    decided = f(probability, threshold=threshold)
    return f(decided, threshold=threshold), decided


def a_higher_threshold_finds_fewer(f, probability, threshold):
    """Every example that is 1 at a threshold is also 1 at half that threshold."""
    strict, lenient = f(probability, threshold=threshold), f(probability, threshold=threshold / 2)
    return strict * lenient, strict


def undecided_at_the_threshold(f, probability, threshold):
    """A probability equal to the threshold gives 0."""
    return f(0 * probability + threshold, threshold=threshold), np.zeros(probability.shape)


def decided(probability, threshold):
    """Whether every probability is so far from the threshold that rounding cannot carry it across.

    It may also be equal to a threshold that single precision represents.
    """
    tied = probability == threshold
    near = np.abs(probability - threshold) <= LEAST * np.maximum(probability, threshold)
    return not np.any(near & ~tied if float(np.float32(threshold)) == threshold else near)


SPEC = Procedure(
    run=run,
    torch=lambda torch, probability, threshold: torch.gt(probability, threshold).long(),
    properties=(
        a_decision_decides_itself,
        a_higher_threshold_finds_fewer,
        undecided_at_the_threshold,
    ),
    examples=(
        Example(
            inputs={"probability": np.array([0.25, 0.5, 0.75])},
            prints={"run": (None,)},
            source="the text, one of them undecided",
        ),
    ),
    possible=decided,
)
