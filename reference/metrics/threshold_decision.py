"""The class of each example from the probability of class 1.

    y = 1 where p > threshold,  else 0

A probability of exactly 1/2 speaks for neither class; like Keras, the rule then says 0, and torch
has none. In terms of the logit the threshold 1/2 is 0.

Source: Brajard (003); Bishop 2006, section 1.5.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Example, Given, Index, Procedure, Real, Try


def run(
    probability: Shaped[Real, "...", Between(0, 1), Given()],
    *,
    threshold: Shaped[float, Try((0.5, 0.25, 0.9))] = 0.5,
) -> Shaped[Index, "..."]:
    return np.where(probability > threshold, 1, 0)


def a_decision_decides_itself(f, probability, threshold):
    """Deciding the decisions changes nothing."""
    decided = f(probability, threshold=threshold)
    return f(decided, threshold=threshold), decided


def a_higher_threshold_finds_fewer(f, probability, threshold):
    """What a higher threshold calls 1, a lower one calls 1 too."""
    strict, lenient = f(probability, threshold=threshold), f(probability, threshold=threshold / 2)
    return strict * lenient, strict


def undecided_at_the_threshold(f, probability, threshold):
    """A probability of exactly the threshold is not enough."""
    return f(0 * probability + threshold, threshold=threshold), np.zeros(probability.shape)


SPEC = Procedure(
    run=run,
    torch=lambda torch, probability, threshold: torch.gt(probability, threshold).long(),
    laws=(a_decision_decides_itself, a_higher_threshold_finds_fewer, undecided_at_the_threshold),
    source="Bishop 2006, 1.5.1",
    examples=(
        Example(
            inputs={"probability": np.array([0.25, 0.5, 0.75])},
            prints={"run": (None,)},
            source="the text, one of them undecided",
        ),
    ),
)
