"""Right ways to add Gaussian noise, and the gradient of it."""

import numpy as np


def switched_off_by_a_factor(x, noise, *, std, training=True):
    return x + std * noise * float(training)


def step_by_step(x, noise, *, std, training=True):
    y = np.array(x, dtype=float)
    if training:
        y += noise * std
    return y


def row_by_row(x, noise, *, std, training=True):
    if not training or x.ndim == 0:
        return x + std * noise if training else x.copy()
    return np.array([row + std * z for row, z in zip(x, noise, strict=True)]).reshape(x.shape)


def subtracted_the_opposite(x, noise, *, std, training=True):
    return np.where(training, x - -std * noise, x)


def copied(grad, x, noise, *, std, training=True):
    return (grad.copy(),)


def times_ones(grad, x, noise, *, std, training=True):
    return (grad * np.ones_like(x),)
