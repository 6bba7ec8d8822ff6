"""Random search: log-uniform values between two bounds, from uniform random numbers.

    value = low (high / low)^u        u uniform in [0, 1)

Every power of ten between the bounds is equally likely. A learning rate is searched in this way,
because 0.001 and 0.01 differ as much as 0.1 and 1. With a uniform distribution from 0.001 to 1,
nine of ten values would lie in the uppermost power of ten, above 0.1. A lower bound of 0 raises
ZeroDivisionError.

    >>> [round(run(u, low=1e-4, high=1.0), 4) for u in (0.0, 0.25, 0.5, 0.75)]
    [0.0001, 0.001, 0.01, 0.1]

Source: Bergstra and Bengio 2012; Vanschoren (001), "Tuning multiple hyperparameters".
"""

import math
from typing import Annotated as Shaped

from reference.spec import Between, Given, Procedure, Range, Real, Try


def run(
    draws: Shaped[Real, "n", Between(0, 1), Given()],
    *,
    low: Shaped[float, Try((0.25, 1e-5)), Range(0, math.inf)],
    high: Shaped[float, Try((4.0, 1.0)), Range(0, math.inf)],
) -> Shaped[Real, "n"]:
    return low * (high / low) ** draws


def between_the_bounds(f, draws, low, high):
    """The random number 0 gives the lower bound, and 1 would give the upper bound."""
    found = f(0 * draws, low=low, high=high)
    return (found, f(0 * draws + 1, low=low, high=high)), (0 * draws + low, 0 * draws + high)


def middle_is_the_geometric_mean(f, draws, low, high):
    """The random number 1/2 gives the root of the product of the bounds."""
    return f(0 * draws + 0.5, low=low, high=high) ** 2, 0 * draws + low * high


def turned_round(f, draws, low, high):
    """Exchanging the bounds and replacing u by 1 - u changes nothing."""
    return f(1 - draws, low=high, high=low), f(draws, low=low, high=high)


SPEC = Procedure(
    run=run,
    torch=lambda torch, draws, low, high: low * torch.pow(high / low, draws),
    properties=(between_the_bounds, middle_is_the_geometric_mean, turned_round),
)
