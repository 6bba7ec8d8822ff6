"""Right ways to lay out the points of a picture."""

import numpy as np


def with_meshgrid(low, high, *, points=50):
    a, b = np.meshgrid(np.linspace(low[0], high[0], points), np.linspace(low[1], high[1], points))
    return np.c_[a.ravel(), b.ravel()]


def with_two_loops(low, high, *, points=50):
    def at(axis, i):
        return low[axis] + (high[axis] - low[axis]) * i / (points - 1)

    return [[at(0, i), at(1, j)] for j in range(points) for i in range(points)]
