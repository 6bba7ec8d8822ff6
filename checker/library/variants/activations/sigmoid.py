"""Right ways to write the sigmoid."""

import numpy as np

from reference.activations.sigmoid import forward as sigmoid


def short_formula(x):
    """It overflows for large negative inputs, and is right all the same: 1 / inf is 0."""
    return 1 / (1 + np.exp(-x))


def two_branches(x):
    decay = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + decay), decay / (1 + decay))


def by_tanh(x):
    return (1 + np.tanh(x / 2)) / 2


def by_logaddexp(x):
    return np.exp(-np.logaddexp(0, -x))


def single_precision(x):
    return sigmoid(np.asarray(x, dtype=np.float32))


def number_by_number(x):
    return np.vectorize(lambda v: 1 / (1 + np.exp(-v)), otypes=[float])(x)


def clipped_far_out(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def from_both_sides(grad, x):
    return (grad * sigmoid(x) * sigmoid(-x),)


def minus_the_square(grad, x):
    y = 1 / (1 + np.exp(-x))
    return (grad * (y - y * y),)


def slope_by_tanh(grad, x):
    return (grad * 0.25 * (1 - np.tanh(x / 2) ** 2),)


def slope_in_single_precision(grad, x):
    y = sigmoid(np.asarray(x, dtype=np.float32))
    return ((grad * y * (1 - y)).astype(np.float32),)
