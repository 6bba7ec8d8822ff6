"""Minibatches, hill climbing, early stopping and time limits, with seeds and with a clock."""

import time

import numpy as np
import pytest

from reference.descent import early_stopping, hill_climbing, minibatches, time_limit, toy_surface


def orders(seed: int, **settings):
    rng = np.random.default_rng(seed)
    return [np.concatenate(epoch) for epoch in minibatches.epochs(rng, 20, times=3, **settings)]


def test_every_epoch_visits_every_example_once_in_an_order_of_its_own():
    first, second, third = orders(0, size=6)
    assert sorted(first) == sorted(second) == sorted(third) == list(range(20))
    assert not np.array_equal(first, second)


def test_one_seed_shuffles_alike_and_another_otherwise():
    assert np.array_equal(orders(1, size=6), orders(1, size=6))
    assert not np.array_equal(orders(1, size=6), orders(2, size=6))


def test_sampling_with_replacement_repeats_and_misses_examples():
    assert len(set(orders(0, replace=True)[0])) < 20


@pytest.mark.parametrize(
    ("size", "last", "updates"), [(20, "keep", 1), (6, "keep", 4), (6, "drop", 3), (1, "keep", 20)]
)
def test_updates_per_epoch(size, last, updates):
    rng = np.random.default_rng(0)
    epochs = minibatches.epochs(rng, 20, times=2, size=size, last=last)
    assert [len(batches) for batches in epochs] == [updates, updates]


def climbed(seed: int) -> np.ndarray:
    tries = hill_climbing.noise(seed, 300, 2)
    start = np.array(toy_surface.START)
    return hill_climbing.climb(lambda v: toy_surface.forward(*v), start, tries, spread=0.1)


def test_hill_climbing_repeats_its_path_from_a_seed():
    assert np.array_equal(climbed(0), climbed(0))
    assert not np.array_equal(climbed(0), climbed(1))


def test_hill_climbing_comes_down_the_toy_surface():
    heights = toy_surface.forward(*climbed(0).T)
    assert (np.diff(heights) <= 0).all()
    assert heights[-1] < heights[0] / 10


def test_early_stopping_gives_back_the_weights_of_the_best_epoch():
    state, losses = early_stopping.State(), (3.0, 1.0, 2.0, 2.0, 0.0)
    for epoch, loss in enumerate(losses, start=1):
        state = early_stopping.watch(state, loss, weights=f"after epoch {epoch}")
        if state.waited >= 2:
            break
    assert (state.epoch, state.best_epoch, state.best_weights) == (4, 2, "after epoch 2")


def test_a_loss_of_nan_is_no_improvement():
    assert early_stopping.run(np.array([np.nan, 2.0, np.nan, np.nan]), patience=2) == (4, 2)


def test_epochs_are_counted_from_one_to_the_limit():
    assert list(time_limit.epochs(most=3)) == [1, 2, 3]


def test_no_epoch_begins_once_the_time_is_up():
    ticks = iter([100.0, 100.0, 104.0, 109.0, 111.0])
    assert list(time_limit.epochs(seconds=10, clock=lambda: next(ticks))) == [1, 2, 3]


def test_the_clock_of_training_only_goes_forward():
    assert time_limit.epochs.__kwdefaults__["clock"] is time.monotonic
