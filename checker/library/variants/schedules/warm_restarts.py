"""Right ways to write warm restarts."""

import math

import numpy as np


def squared_cosine(step, low, high, *, period=10, growth=1):
    """(1 + cos a) / 2 is cos(a / 2)^2."""
    start = 0
    while step >= start + period:
        start, period = start + period, growth * period
    return low + (high - low) * np.cos(np.pi / 2 * (step - start) / period) ** 2


def step_by_step(step, low, high, *, period=10, growth=1):
    since = 0
    for _ in range(step):
        since += 1
        if since == period:
            since, period = 0, period * growth
    return low + 0.5 * (high - low) * (1 + math.cos(since / period * math.pi))
