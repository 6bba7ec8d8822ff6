"""How far chance may take a draw: each bound is left with a probability below CHANCE.

    a mean of n numbers, each within an interval of width w    w sqrt(log(2 / CHANCE) / (2 n))
    a mean of n standard normal numbers                        SIGMAS / sqrt(n)
    a mean of their squares                                    2 sqrt(x / n) + 2 x / n
    a distribution function of n numbers                       sqrt(log(2 / CHANCE) / (2 n))
    a sum of independent zeros and ones, of variance v         x / 3 + sqrt(x^2 / 9 + 2 x v)
    a count of things of which one is expected in each of n    from 1 to k with e^-n (e n / k)^k

with x = log(2 / CHANCE). The bounds are Hoeffding's (1963), the normal distribution itself, Laurent
and Massart's (2000, lemma 1), Massart's (1990) of the inequality of Dvoretzky, Kiefer and
Wolfowitz, Bernstein's, and Chernoff's. None of them is for large n only.
"""

import math
from collections.abc import Callable

import numpy as np

from reference.spec import Real, Seen

CHANCE = 1e-9
SIGMAS = 6.2  # a normal number is farther out with probability 5.7e-10
LOG = math.log(2 / CHANCE)


def shape(drawn: Real, *wanted: int) -> Seen:
    """With another number of axes it is counted as -1 everywhere, so that both can be compared."""
    found = drawn.shape if drawn.ndim == len(wanted) else (-1,) * len(wanted)
    return Seen(np.array(found), np.array(wanted), np.array(wanted))


def within(width: float, count: int, bounds: int = 1) -> float:
    """Of `bounds` means at once, each of `count` numbers."""
    return width * math.sqrt((LOG + math.log(max(bounds, 1))) / (2 * max(count, 1)))


def around(variance: float) -> float:
    """Of a sum of independent zeros and ones, from what is expected."""
    return LOG / 3 + math.sqrt(LOG * LOG / 9 + 2 * LOG * variance)


def rare(count: int) -> tuple[float, float]:
    """Of the places that `count` permutations leave as they are: none, or too many, is no chance.

    The factorial moments of one permutation are at most those of Poisson's distribution, 1 each, so
    Chernoff's bound for that holds. None at all is left by 1 / e of the permutations.
    """
    count, most = max(count, 1), max(count, 1)
    while count - (most + 1) + (most + 1) * math.log((most + 1) / count) < LOG:
        most += 1
    return float(math.exp(-count) < CHANCE), float(most)


def distribution(drawn: Real, chance_below: Callable[[Real], Real]) -> Seen:
    """The largest gap between the share of numbers below x and its chance, over all x."""
    placed = chance_below(np.sort(drawn.ravel()))
    steps = np.arange(len(placed) + 1) / len(placed)
    gap = np.maximum(steps[1:] - placed, placed - steps[:-1]).max(initial=0)
    return Seen(gap, 0.0, within(1, len(placed)))


def fits(drawn: Real, chance_below: Callable[[Real], Real]) -> tuple[float, float]:
    """As the two sides of a law: whether so many numbers are distributed like that."""
    seen = distribution(drawn, chance_below)
    return float(seen.value <= seen.high), 1.0


def normal_below(x: Real) -> Real:
    """The chance that a standard normal number lies below."""
    return np.array([math.erfc(-z / math.sqrt(2)) / 2 for z in x])


def uniform_below(x: Real) -> Real:
    """The chance that a uniform number from 0 to 1 lies below."""
    return np.clip(x, 0, 1)


def evenness(centred: Real, axis: int, allowed: Callable[[int, int], float]) -> Seen:
    """The means along an axis, as a share of what chance allows to all of them; the largest."""
    if centred.ndim != 2:
        return Seen(np.nan, 0.0, 1.0)
    means = np.abs(centred.mean(axis=axis))
    return Seen(means.max(initial=0) / allowed(centred.shape[axis], len(means)), 0.0, 1.0)
