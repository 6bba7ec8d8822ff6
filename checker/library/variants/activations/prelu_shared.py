"""Right ways to write the rectified linear unit with one learned slope."""

import numpy as np


def two_halves(x, slope):
    return np.maximum(x, 0) + slope * np.minimum(x, 0)


def by_size(x, slope):
    return (1 + slope) / 2 * x + (1 - slope) / 2 * np.abs(x)


def gradient_by_two_masks(grad, x, slope):
    negative = x < 0
    return grad * ~negative + slope * grad * negative, (grad * x)[negative].sum()


def gradient_by_dot_product(grad, x, slope):
    return np.where(x > 0, grad, slope * grad), float(np.vdot(grad, np.minimum(x, 0)))
