"""Bounds of statistical tests: a correct sample leaves each with a probability below CHANCE.

    a mean of n numbers, each within an interval of width w    w sqrt(log(2 / CHANCE) / (2 n))
    a mean of n standard normal numbers                        SIGMAS / sqrt(n)
    a mean of their squares                                    2 sqrt(x / n) + 2 x / n
    a distribution function of n numbers                       sqrt(log(2 / CHANCE) / (2 n))
    a sum of independent zeros and ones, of variance v         x / 3 + sqrt(x^2 / 9 + 2 x v)
    a count of things of which one is expected in each of n    from 1 to k with e^-n (e n / k)^k

Here x = log(2 / CHANCE). The bounds are Hoeffding's (1963), the normal distribution itself, that of
Laurent and Massart (2000, lemma 1), Massart's (1990) for the inequality of Dvoretzky, Kiefer and
Wolfowitz, Bernstein's, and Chernoff's. All of them hold for every n, not only for large n.
"""

import math
from collections.abc import Callable

import numpy as np

from reference.spec import Real, Statistic

CHANCE = 1e-9
SIGMAS = 6.2  # a standard normal number is larger in absolute value with probability 5.7e-10
LOG = math.log(2 / CHANCE)


def shape(drawn: Real, *wanted: int) -> Statistic:
    """Compare the shape; with a wrong number of axes, every size counts as -1."""
    found = drawn.shape if drawn.ndim == len(wanted) else (-1,) * len(wanted)
    return Statistic(np.array(found), np.array(wanted), np.array(wanted))


def within(width: float, count: int, bounds: int = 1) -> float:
    """Bound for `bounds` means at the same time, each of `count` numbers."""
    return width * math.sqrt((LOG + math.log(max(bounds, 1))) / (2 * max(count, 1)))


def around(variance: float) -> float:
    """Bound for the distance of a sum of independent zeros and ones from its expectation."""
    return LOG / 3 + math.sqrt(LOG * LOG / 9 + 2 * LOG * variance)


def rare(count: int) -> tuple[float, float]:
    """Range for the total number of fixed points of `count` random permutations.

    The factorial moments of one permutation are at most those of the Poisson distribution with mean
    1, which are all 1, so Chernoff's bound for this distribution holds. One permutation has no
    fixed point with a probability of about 1 / e, so having none at all is too rare if `count` is
    large.
    """
    count, most = max(count, 1), max(count, 1)
    while count - (most + 1) + (most + 1) * math.log((most + 1) / count) < LOG:
        most += 1
    return float(math.exp(-count) < CHANCE), float(most)


def distribution(drawn: Real, chance_below: Callable[[Real], Real]) -> Statistic:
    """Largest distance between the empirical and the expected distribution function."""
    placed = chance_below(np.sort(drawn.ravel()))
    steps = np.arange(len(placed) + 1) / len(placed)
    gap = np.maximum(steps[1:] - placed, placed - steps[:-1]).max(initial=0)
    return Statistic(gap, 0.0, within(1, len(placed)))


def fits(drawn: Real, chance_below: Callable[[Real], Real]) -> tuple[float, float]:
    """Both sides of a property: whether the numbers follow the expected distribution."""
    seen = distribution(drawn, chance_below)
    return float(seen.value <= seen.high), 1.0


def normal_below(x: Real) -> Real:
    """Distribution function of the standard normal distribution."""
    return np.array([math.erfc(-z / math.sqrt(2)) / 2 for z in x])


def uniform_below(x: Real) -> Real:
    """Distribution function of the uniform distribution from 0 to 1."""
    return np.clip(x, 0, 1)


def evenness(centred: Real, axis: int, allowed: Callable[[int, int], float]) -> Statistic:
    """Largest mean along an axis, divided by the bound for all these means together."""
    if centred.ndim != 2:
        return Statistic(np.nan, 0.0, 1.0)
    means = np.abs(centred.mean(axis=axis))
    return Statistic(means.max(initial=0) / allowed(centred.shape[axis], len(means)), 0.0, 1.0)
