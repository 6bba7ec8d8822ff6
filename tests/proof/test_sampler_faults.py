"""Whatever draws random numbers: every fault in them is noticed, however small.

The faults go into the generator that the reference draws from. Each leaves the sample as it should
be in some respects: its shape, its mean, its standard deviation, or its distribution.
"""

import dataclasses
import functools
from unittest import mock

import numpy as np
import pytest

from checker.proof import construction
from checker.proof.kinds.sampler import many_seeds
from checker.proof.oracle import CaseOracle
from checker.proof.verify import go_over, go_through, oracles
from reference.catalogue import operation
from reference.spec import Sampler, Statistic

SEEDED = np.random.default_rng
DATA = ("two_moons", "noisy_sine", "spirals", "blobs", "circles")
OF_NUMBERS = ("he_normal_weights", "glorot_uniform_weights", "dropout_mask", *DATA)
DEVIATION = 12**-0.5  # of a uniform number from 0 to 1


class Generator:
    """A generator whose standard normal numbers, uniform numbers or orders have a fault."""

    def __init__(self, seed, fault):
        self.rng, self.fault = SEEDED(getattr(fault, "seed", int)(seed)), fault

    def standard_normal(self, size):
        return self.fault(self.rng.standard_normal(size), self.rng)

    def random(self, size):
        z = (self.rng.random(size) - 0.5) / DEVIATION
        return self.fault(z, self.rng) * DEVIATION + 0.5

    def uniform(self, low, high, size):
        return low + (high - low) * self.random(size)

    def permutation(self, x):
        return getattr(self.fault, "permutation", np.random.Generator.permutation)(self.rng, x)


def nothing(z, rng):
    return z


def wider(z, rng):
    return 1.02 * z


def narrower(z, rng):
    return 0.98 * z


def shifted(z, rng):
    return z + 0.02


def in_pairs(z, rng):
    flat = z.ravel()
    flat[1::2] = flat[: flat.size // 2 * 2 : 2]
    return flat.reshape(z.shape)


def of_another_shape(z, rng):
    """Uniform numbers for normal ones, and normal numbers for uniform ones."""
    if np.abs(z).max(initial=0) > 0.5 / DEVIATION:
        return (rng.random(z.shape) - 0.5) / DEVIATION
    return rng.standard_normal(z.shape)


def same_for_two_seeds(z, rng):
    return z


same_for_two_seeds.seed = lambda seed: seed // 2


def follows_the_last(z, rng):
    """Each number has a correlation of 0.1 with the one before."""
    flat = z.ravel()
    flat[1:] = 0.1 * flat[:-1] + 0.99**0.5 * flat[1:]
    return flat.reshape(z.shape)


def orders(permutation):
    def fault(z, rng):
        return z

    fault.permutation = permutation
    fault.__name__ = permutation.__name__
    return fault


def swapped_with_any_place(rng, n):
    return _swapped(n, rng.integers(n, size=n).tolist())


def never_in_its_place(rng, n):
    return _swapped(n, [0, *rng.integers(np.arange(1, n)).tolist()])


def _swapped(n, partners):
    order = list(range(n))
    for k in range(n - 1, -1, -1):
        other = partners[k]
        order[k], order[other] = order[other], order[k]
    return np.array(order)


def often_unchanged(rng, n):
    return np.arange(n) if rng.random() < 0.02 else rng.permutation(n)


def turned_round(rng, n):
    return np.roll(np.arange(n), rng.integers(n))


def last_one_stays(rng, n):
    return np.r_[rng.permutation(n - 1), n - 1]


def often_reversed(rng, n):
    """Half of the orders that begin with a small number are turned round."""
    order = rng.permutation(n)
    return order[::-1] if order[0] < n / 4 and rng.random() < 0.5 else order


def as_they_are(rng, x):
    return np.arange(x) if np.ndim(x) == 0 else np.sort(x)


FAULTS = (
    wider,
    narrower,
    shifted,
    in_pairs,
    of_another_shape,
    same_for_two_seeds,
    follows_the_last,
)
OF_ORDERS = (
    same_for_two_seeds,
    *map(
        orders,
        (
            swapped_with_any_place,
            never_in_its_place,
            often_unchanged,
            turned_round,
            last_one_stays,
            often_reversed,
        ),
    ),
)
PLANTED = [
    *((name, fault) for name in OF_NUMBERS for fault in FAULTS),
    *(("random_orders", fault) for fault in OF_ORDERS),
    *((name, orders(as_they_are)) for name in DATA if name != "noisy_sine"),
]


def faulty(name, fault):
    """The operation, drawing from a generator with this fault."""
    spec = operation(name)

    @functools.wraps(spec.run)
    def run(**settings):
        with mock.patch.object(np.random, "default_rng", lambda seed: Generator(seed, fault)):
            return spec.run(**settings)

    return dataclasses.replace(spec, run=run)


def unfit(spec):
    """What the first oracle that fails says, of those that do not compare with torch."""
    trials = construction.cases(spec).trials
    asked = oracles(spec)
    for title in sorted(asked, key=lambda title: not title.startswith("many")):
        if title.startswith(("many", "another", "property")):
            by_case = isinstance(asked[title], CaseOracle)
            found = (
                go_over(spec.name, title, asked[title], trials)
                if by_case
                else go_through(spec.name, title, asked[title])
            )
            if not found.passed:
                return f"{title}: {found.failure}"
    return None


@pytest.mark.parametrize(
    ("name", "fault"), PLANTED, ids=[f"{name}-{fault.__name__}" for name, fault in PLANTED]
)
def test_every_fault_is_noticed(name, fault):
    assert unfit(faulty(name, fault)) is not None


@pytest.mark.parametrize("name", [*OF_NUMBERS, "random_orders"])
def test_right_numbers_raise_no_alarm(name):
    assert unfit(faulty(name, nothing)) is None


@pytest.mark.parametrize("sizes", [(), (400,), (20, 5, 4), (5, 4, 5, 4)])
@pytest.mark.parametrize("fault", [nothing, shifted, in_pairs])
def test_samples_may_have_any_number_of_axes(sizes, fault):
    def run(*, seed):
        return Generator(seed, fault).standard_normal((*sizes, 1))[..., 0]

    def mean(drawn):
        return Statistic(drawn.mean(), -6 / drawn.size**0.5, 6 / drawn.size**0.5)

    spec = Sampler(run=run, torch="", properties=(np.shape, lambda drawn, seed: mean(drawn)))
    worst = max(equation.ratio for equation in many_seeds(spec, {}))
    assert (worst > 1) == (fault is not nothing and sizes != ())
