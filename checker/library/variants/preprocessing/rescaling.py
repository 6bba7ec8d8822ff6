"""Right ways to rescale numbers, and the gradient of it."""

import numpy as np


def step_by_step(x, *, scale, offset=0.0):
    y = np.array(x, dtype=float)
    y *= scale
    y += offset
    return y


def by_a_polynomial(x, *, scale, offset=0.0):
    return np.polyval([scale, offset], x)


def full_of_numbers(x, *, scale, offset=0.0):
    return np.full(x.shape, scale) * x + np.full(x.shape, offset)


def number_by_number(x, *, scale, offset=0.0):
    return np.array([a * scale + offset for a in x.ravel().tolist()]).reshape(x.shape)


def times_the_slope(grad, x, *, scale, offset=0.0):
    return (grad * np.full(x.shape, scale),)


def in_its_own_array(grad, x, *, scale, offset=0.0):
    dx = np.empty(x.shape)
    np.multiply(grad, scale, out=dx)
    return (dx,)
