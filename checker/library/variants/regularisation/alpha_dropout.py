"""Right ways to write alpha dropout."""

import numpy as np

S = -1.7580993408473766  # what SELU tends to


def with_where(x, mask, *, rate=0.5, training=True):
    a, b = _affine(rate)
    return np.where(mask == 1, a * x + b, a * S + b) if training else np.array(x)


def shifted_to_the_least_value(x, mask, *, rate=0.5, training=True):
    """Relative to the least value, what is dropped is 0."""
    a, b = _affine(rate)
    return a * S + b + a * (x - S) * mask if training else x + 0.0


def kept_ones_by_index(x, mask, *, rate=0.5, training=True):
    if not training:
        return x.copy()
    a, b = _affine(rate)
    y = np.full(np.shape(x), a * S + b)
    kept = np.broadcast_to(mask, np.shape(x)) == 1
    y[kept] = (a * x + b)[kept]
    return y


def as_pytorch_does(x, mask, *, rate=0.5, training=True):
    if not training:
        return x
    a, _ = _affine(rate)
    noise = mask * a
    return x * noise + (mask - 1) * -S * a - S * a * rate


def masked_gradient(grad, x, mask, *, rate=0.5, training=True):
    return np.where(mask, grad * _affine(rate)[0], 0.0) if training else grad


def gradient_of_a_scaled_mask(grad, x, mask, *, rate=0.5, training=True):
    slope = mask * _affine(rate)[0] if training else np.ones(np.shape(x))
    return grad * slope


def gradient_without_what_was_dropped(grad, x, mask, *, rate=0.5, training=True):
    whole = _affine(rate)[0] * grad
    return whole - whole * (1 - mask) if training else grad


def _affine(rate):
    """Scale and shift that make mean and variance of kept and dropped 0 and 1."""
    mean = rate * S
    variance = (1 - rate) + rate * S**2 - mean**2
    return variance**-0.5, -mean * variance**-0.5
