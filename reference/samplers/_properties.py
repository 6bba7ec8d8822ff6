"""Bounds of statistical tests: a correct sample leaves each with a probability below CHANCE.

    a mean of n numbers, each within an interval of width w    w sqrt(log(2 / CHANCE) / (2 n))
    a mean of n standard normal numbers                        SIGMAS / sqrt(n)
    a mean of their squares                                    2 sqrt(x / n) + 2 x / n
    a mean of the products of two of them                      sqrt(2 x / n) + x / n
    a mean of n numbers, uniform in an interval of width w     w sqrt(log(2 / CHANCE) / (6 n))
    a distribution function of n numbers                       sqrt(log(2 / CHANCE) / (2 n))
    the same, if they are too evenly spread                    EVEN / sqrt(n)
    a sum of independent zeros and ones, of variance v         x / 3 + sqrt(x^2 / 9 + 2 x v)
    a count of things of which one is expected in each of n    n - sqrt(4 n x), and k where
                                                               e^-n (e n / k)^k = CHANCE / 2

Here x = log(2 / CHANCE). The bounds are Hoeffding's (1963), the normal distribution itself, that of
Laurent and Massart (2000, lemma 1), Marchal and Arbel's (2017) for numbers that are less spread
than normal ones, Massart's (1990) for the inequality of Dvoretzky, Kiefer and Wolfowitz,
Kolmogorov's limit law (1933), Bernstein's, Maurer's (2003), and Chernoff's. All of them hold for
every n, not only for large n, apart from the limit law, which is used for MANY numbers or more.
"""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from reference.spec import Index, Real, Statistic

CHANCE = 1e-9
SIGMAS = 6.2  # a standard normal number is larger in absolute value with probability 5.7e-10
LOG = math.log(2 / CHANCE)
EVEN = 0.22  # by the limit law, numbers are more even with probability 1e-10
MANY = 100
FEW = 20_000  # numbers, whose distribution function is compared
EXAMPLES = 100_000  # of a data set whose distributions are compared
LABELS = 5000  # of a data set whose order is


def shape(drawn: Real, *wanted: int) -> Statistic:
    """Compare the shape; with a wrong number of axes, every size counts as -1."""
    found = drawn.shape if drawn.ndim == len(wanted) else (-1,) * len(wanted)
    return Statistic(np.array(found), np.array(wanted), np.array(wanted))


def deviation(drawn: Real, right: float, least: float, most: float) -> Statistic:
    """Compare the standard deviation of numbers of mean 0, whose variance has these factors."""
    found = math.sqrt((drawn * drawn).mean())
    return Statistic(found, right * math.sqrt(max(least, 0.0)), right * math.sqrt(most))


def within(width: float, count: int, bounds: int = 1) -> float:
    """Bound for `bounds` means at the same time, each of `count` numbers."""
    return width * math.sqrt((LOG + math.log(max(bounds, 1))) / (2 * max(count, 1)))


def uniform(width: float, count: int, bounds: int = 1) -> float:
    """Bound for `bounds` means at the same time, each of `count` uniform numbers."""
    return within(width, count, bounds) / math.sqrt(3)


def around(variance: float) -> float:
    """Bound for the distance of a sum of independent zeros and ones from its expectation."""
    return LOG / 3 + math.sqrt(LOG * LOG / 9 + 2 * LOG * variance)


@cache
def rare(count: int, length: int, mean: float) -> tuple[float, float]:
    """Range for the total number of fixed points of `count` random permutations.

    The factorial moments of one permutation are at most those of the Poisson distribution with mean
    1, which are all 1, so Chernoff's bound for this distribution holds. One permutation of `length`
    numbers, two at least, has no fixed point, and no number that is followed by the next one, with
    a probability below (1 + 1.1 / length) / e. Having none at all is too rare if `count` is large.
    The lower bound is Maurer's (2003) for a sum of `count` numbers that are not negative, each with
    this mean and a mean square of at most 2.
    """
    count, most = max(count, 1), max(count, 1)
    while count - (most + 1) + (most + 1) * math.log((most + 1) / count) < LOG:
        most += 1
    none = (1 + 1.1 / max(length, 2)) / math.e
    least = count * mean - math.sqrt(4 * count * LOG)
    return max(float(none**count < CHANCE), math.ceil(least)), float(most)


def distribution(drawn: Real, chance_below: Callable[[Real], Real]) -> Statistic:
    """Largest distance between the empirical and the expected distribution function."""
    placed = chance_below(np.sort(drawn.ravel()))
    steps = np.arange(len(placed) + 1) / len(placed)
    gap = np.maximum(steps[1:] - placed, placed - steps[:-1]).max(initial=0)
    least = EVEN / math.sqrt(len(placed)) if len(placed) >= MANY else 0.0
    return Statistic(gap, least, within(1, len(placed)))


def independent_normal(drawn: Real) -> tuple[Real, Real]:
    """Both sides of a property: whether these are independent standard normal numbers."""
    x = drawn.ravel()
    squares = 2 * math.sqrt(LOG / len(x)) + 2 * LOG / len(x)
    return _all_within(
        distribution(x[:FEW], normal_below),
        Statistic(x.mean(), -SIGMAS / math.sqrt(len(x)), SIGMAS / math.sqrt(len(x))),
        Statistic((x * x).mean(), 1 - squares, 1 + squares),
        _neighbours(x),
    )


def independent_uniform(drawn: Real) -> tuple[Real, Real]:
    """Both sides of a property: whether these are independent, and uniform from 0 to 1."""
    u = drawn.ravel()
    z = math.sqrt(12) * (u - 0.5)
    mean = math.sqrt(12) * uniform(1, len(z))
    squares = math.sqrt(1.6 * LOG / len(z)) + LOG / len(z)  # z * z has the variance 0.8
    return _all_within(
        Statistic(u.min(), -1e-9, 1.0),
        Statistic(u.max(), 0.0, 1 + 1e-9),
        distribution(u[:FEW], uniform_below),
        Statistic(z.mean(), -mean, mean),
        Statistic((z * z).mean(), 1 - squares, 1 + squares),
        _neighbours(z),
    )


def mixed(labels: Index) -> tuple[Real, Real]:
    """Both sides of a property: whether the classes come in random order."""
    first = (labels == 0) - (labels == 0).mean()
    if not first.any():
        return np.ones(1), np.ones(1)
    return _all_within(_neighbours(first / first.std()))


def _neighbours(z: Real) -> Statistic:
    """The correlation of following numbers, which have mean 0 and variance 1."""
    allowed = math.sqrt(2 * LOG / len(z)) + LOG / len(z)
    return Statistic((z[1:] * z[:-1]).mean(), -allowed, allowed)


def _all_within(*measured: Statistic) -> tuple[Real, Real]:
    return np.array([float(s.low <= s.value <= s.high) for s in measured]), np.ones(len(measured))


def normal_below(x: Real) -> Real:
    """Distribution function of the standard normal distribution."""
    return np.interp(x, *_normal_table())


@cache
def _normal_table() -> tuple[Real, Real]:
    """Numbers 0.001 apart, and the distribution function there. Between them it is off by 3e-8."""
    x = np.linspace(-9, 9, 18_001)
    return x, np.array([math.erfc(-z / math.sqrt(2)) / 2 for z in x.tolist()])


def uniform_below(x: Real) -> Real:
    """Distribution function of the uniform distribution from 0 to 1."""
    return np.clip(x, 0, 1)


def evenness(centred: Real, axis: int, allowed: Callable[[int, int], float]) -> Statistic:
    """Largest mean along an axis, divided by the bound for all these means together."""
    if centred.ndim != 2:
        return Statistic(np.nan, 0.0, 1.0)
    means = np.abs(centred.mean(axis=axis))
    return Statistic(means.max(initial=0) / allowed(centred.shape[axis], len(means)), 0.0, 1.0)
