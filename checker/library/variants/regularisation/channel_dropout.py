"""Right ways to write channel dropout."""

import numpy as np


def channel_by_channel(x, mask, *, rate=0.5, training=True):
    y = np.array(x, dtype=float)
    for n, c in np.ndindex(mask.shape):
        if training:
            y[n, c] = x[n, c] / (1 - rate) if mask[n, c] else 0.0
    return y


def by_einsum(x, mask, *, rate=0.5, training=True):
    return np.einsum("nc...,nc->nc...", x, mask / (1 - rate)) if training else x + 0.0


def with_where(x, mask, *, rate=0.5, training=True):
    kept = mask[(..., *[np.newaxis] * (x.ndim - 2))] == 1
    return np.where(kept, x / (1 - rate), 0.0) if training else x.copy()


def axes_moved(x, mask, *, rate=0.5, training=True):
    if not training:
        return x
    last = np.moveaxis(x, (0, 1), (-2, -1)) * mask / (1 - rate)
    return np.moveaxis(last, (-2, -1), (0, 1))


def masked_gradient(grad, x, mask, *, rate=0.5, training=True):
    kept = mask.reshape(*mask.shape, *[1] * (x.ndim - 2))
    return np.where(kept, grad / (1 - rate), 0.0) if training else grad


def gradient_by_einsum(grad, x, mask, *, rate=0.5, training=True):
    return np.einsum("nc...,nc->nc...", grad, mask / (1 - rate)) if training else grad + 0.0


def gradient_of_the_indices(grad, x, mask, *, rate=0.5, training=True):
    if not training:
        return grad
    dx = np.zeros(x.shape)
    kept = np.nonzero(mask)
    dx[kept] = grad[kept] / (1 - rate)
    return dx
