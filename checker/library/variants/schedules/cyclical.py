"""Right ways to write the cyclical learning rate."""

import math

import numpy as np


def as_in_the_paper(step, low, high, *, step_size=2000):
    cycle = math.floor(1 + step / (2 * step_size))
    x = abs(step / step_size - 2 * cycle + 1)
    return low + (high - low) * max(0, 1 - x)


def interpolated(step, low, high, *, step_size=2000):
    turns = [0, step_size, 2 * step_size]
    return np.interp(step % (2 * step_size), turns, [low, high, low])
