"""Right ways to write dropout that scales at test time."""

import numpy as np


def with_where(x, mask, *, rate=0.5, training=True):
    return np.where(mask == 1, x, 0.0) if training else x - rate * x


def with_a_factor(x, mask, *, rate=0.5, training=True):
    factor = np.asarray(mask, dtype=float) if training else 1 - rate
    return factor * x


def masked_gradient(grad, x, mask, *, rate=0.5, training=True):
    return np.where(mask, grad, 0 * grad) if training else grad - rate * grad


def by_a_factor(grad, x, mask, *, rate=0.5, training=True):
    return grad * (np.asarray(mask, dtype=float) if training else 1 - rate)
