"""Right ways to multiply by Gaussian noise, and the gradient of it."""

import numpy as np


def factor_first(x, noise, *, rate, training=True):
    factor = 1 + np.sqrt(rate / (1 - rate)) * noise
    return factor * x if training else x + 0


def input_and_noise_apart(x, noise, *, rate, training=True):
    deviation = np.sqrt(rate) / np.sqrt(1 - rate) if training else 0.0
    return x + x * (deviation * noise)


def by_the_share_that_is_kept(x, noise, *, rate, training=True):
    kept = 1 - rate
    return x * (1 + (1 / kept - 1) ** 0.5 * noise * training)


def number_by_number(x, noise, *, rate, training=True):
    deviation = (rate / (1 - rate)) ** 0.5
    pairs = zip(x.ravel().tolist(), noise.ravel().tolist(), strict=True)
    return np.array([a * (1 + deviation * z) if training else a for a, z in pairs]).reshape(x.shape)


def gradient_times_the_factor(grad, x, noise, *, rate, training=True):
    factor = 1 + np.sqrt(rate / (1 - rate)) * noise
    return (factor * grad if training else grad.copy(),)


def gradient_by_parts(grad, x, noise, *, rate, training=True):
    dx = grad.copy()
    if training:
        dx += (rate / (1 - rate)) ** 0.5 * noise * grad
    return (dx,)
