"""Schedules at work: beside an optimiser, and on the lecture's own settings."""

import numpy as np
import pytest

from reference.optimisers import adam, nesterov
from reference.schedules import (
    cyclical,
    exponential,
    exponential_decay,
    inverse_time,
    rising_momentum,
    warm_restarts,
)

RATES = {
    "exponential": lambda step: exponential.run(step, 0.1, 0.01),
    "inverse_time": lambda step: inverse_time.run(step, 0.1, 0.01),
    "exponential_decay": lambda step: exponential_decay.run(step, 0.02, 0.96, decay_steps=100),
    "cyclical": lambda step: cyclical.run(step, 1e-4, 0.1, step_size=100),
    "warm_restarts": lambda step: warm_restarts.run(step, 0.001, 0.1, period=10, growth=2),
    "rising_momentum": lambda step: rising_momentum.run(step, 0.99, period=10),
}


@pytest.mark.parametrize("name", RATES)
def test_python_numbers_give_a_python_number(name):
    assert {type(RATES[name](step)) for step in range(40)} == {float}


@pytest.mark.parametrize("name", RATES)
def test_scheduled_training_in_float32_stays_there(name):
    param = np.ones(3, dtype=np.float32)
    state = adam.init(param)
    for step in range(5):
        param, state = adam.update(param, state, param, learning_rate=RATES[name](step))
    assert param.dtype == state.square.dtype == np.float32


def test_the_lectures_decay_has_shrunk_by_its_factor_after_100_steps():
    assert exponential_decay.run(100, 0.02, 0.96, decay_steps=100) == pytest.approx(0.0192)


def test_the_lectures_100_steps_cannot_tell_growing_cycles_from_triangles():
    def rates(scale, steps):
        return [cyclical.run(s, 1e-4, 0.1, step_size=100, scale=scale) for s in range(steps)]

    assert rates(cyclical.growing, 200) == rates(cyclical.triangular, 200)
    assert rates(cyclical.growing, 300)[-1] > 0.19


def test_momentum_may_rise_while_training():
    param = np.array([4.0, -2.0])
    state = nesterov.init(param)
    for epoch in range(200):
        momentum = rising_momentum.run(epoch, 0.99, period=25)
        param, state = nesterov.update(param, state, param, learning_rate=0.1, momentum=momentum)
    assert np.abs(param).max() < 1e-2
