"""Right ways to write inverted dropout."""

import numpy as np


def with_where(x, mask, *, rate=0.5, training=True):
    if not training:
        return np.array(x)
    return np.where(mask == 1, x / (1 - rate), 0.0)


def with_a_scaled_mask(x, mask, *, rate=0.5, training=True):
    scale = np.asarray(mask, dtype=float) / (1 - rate) if training else np.ones(np.shape(x))
    return scale * x


def masked_gradient(grad, x, mask, *, rate=0.5, training=True):
    return np.where(mask, grad / (1 - rate), 0 * grad) if training else 1.0 * grad


def by_the_same_layer(grad, x, mask, *, rate=0.5, training=True):
    return grad * (np.asarray(mask, dtype=float) / (1 - rate)) if training else grad
