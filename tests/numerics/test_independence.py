"""The tests of many samples together: their bounds hold, and they notice small dependence."""

import math

import numpy as np
import pytest

from checker.numerics import independence
from checker.numerics.independence import TESTS, measured, squares, stacked, variation

SHAPE = (20, 17, 18)


def normal(rng):
    return rng.standard_normal(SHAPE)


def uniform(rng):
    return rng.random(SHAPE)


def mask(rng):
    return (rng.random(SHAPE) < 0.3).astype(float)


def orders(rng):
    return rng.permuted(np.tile(np.arange(18.0), (*SHAPE[:2], 1)), axis=2)


def short_orders(rng):
    return rng.permuted(np.tile(np.arange(3.0), (20, 24, 1)), axis=2)


@pytest.mark.parametrize("draw", [normal, uniform, mask, orders, short_orders])
def test_the_bounds_are_left_as_seldom_as_they_say(draw, monkeypatch):
    """With three in ten in place of one in 10^9, they are left at most that often."""
    chance, times = 0.3, 150
    monkeypatch.setattr(independence, "CHANCE", chance)
    monkeypatch.setattr(independence, "LOG", math.log(2 / chance))
    rng, left = np.random.default_rng(3), dict.fromkeys(TESTS, 0)
    for _ in range(times):
        for name, units in measured(draw(rng), draw in (orders, short_orders)).items():
            left[name] += abs(units) > 1
    spread = math.sqrt(chance * (1 - chance) * times)
    assert max(left.values()) <= chance * times + 4 * spread, left
    assert any(left.values())


def test_the_range_of_a_mean_square_holds_one_and_shrinks():
    ranges = [squares(count) for count in (1, 12, 100, 10_000)]
    assert all(low < 1 < high for low, high in ranges)
    assert [high - low for low, high in ranges] == sorted((h - w for w, h in ranges), reverse=True)
    low, high = squares(10_000)
    for end in (low, high):  # Chernoff's bound is reached there
        assert 10_000 * (end - 1 - math.log(end)) == pytest.approx(2 * independence.LOG, rel=1e-3)


def test_sums_that_are_all_equal_vary_too_little_and_few_say_nothing():
    assert variation(np.zeros(40)) < -1
    assert variation(10 * np.random.default_rng(0).standard_normal(40)) > 1
    assert variation(np.zeros(12)) == 0


@pytest.mark.parametrize("flip", [(), (1,), (2,), (1, 2)])
def test_a_part_that_follows_from_another_one_is_noticed_in_every_direction(flip):
    z = normal(np.random.default_rng(1))
    z[:, 8:16] = -np.flip(z[:, :8], flip)
    found = measured(z, False)
    assert found["relations in a sample"] > 2
    assert found["copies in a sample"] > 1
    assert abs(found["relations of samples"]) < 1


def test_samples_that_share_a_part_are_told_from_those_that_repeat_their_own():
    stream = np.random.default_rng(2).standard_normal((37, 18))
    z = np.array([stream[seed : seed + 17] for seed in range(20)])
    found = measured(z, False)
    assert found["copies in other samples"] > 1
    assert found["copies in a sample"] == 0
    assert found["relations of samples"] > 2


def test_what_cannot_be_compared_is_not():
    assert stacked([np.zeros((2, 2))], 2) is None
    assert stacked([np.zeros((2, 2)), np.zeros((2, 3))], 2) is None
    assert stacked([np.zeros(2), np.zeros(2)], 2) is None
    assert stacked([np.zeros(2), np.zeros(2)], 1).shape == (2, 2)
    assert stacked([np.full((2, 2), np.nan)] * 2, 2) is None
    assert stacked([np.array([["a"]])] * 2, 2) is None
    assert set(measured(np.ones(SHAPE), False).values()) == {0.0}
