"""Right ways to write the rectified linear unit with learned slopes."""

import numpy as np


def two_halves(x, slope):
    along = slope.reshape(-1, *[1] * (x.ndim - 2))
    return np.maximum(x, 0) + along * np.minimum(x, 0)


def channels_last(x, slope):
    turned = np.moveaxis(x, 1, -1)
    return np.moveaxis(np.where(turned > 0, turned, slope * turned), -1, 1)


def channel_by_channel(x, slope):
    result = x.copy()
    for c, a in enumerate(slope):
        negative = x[:, c] < 0
        result[:, c][negative] *= a
    return result


def gradient_by_two_masks(grad, x, slope):
    along = slope.reshape(-1, *[1] * (x.ndim - 2))
    negative = x < 0
    axes = (0, *range(2, x.ndim))
    return grad * ~negative + along * grad * negative, (grad * x * negative).sum(axis=axes)


def gradient_channel_by_channel(grad, x, slope):
    dx, dslope = grad.copy(), np.zeros(len(slope))
    for c, a in enumerate(slope):
        dx[:, c] = np.where(x[:, c] > 0, grad[:, c], a * grad[:, c])
        dslope[c] = np.vdot(grad[:, c], np.minimum(x[:, c], 0))
    return dx, dslope
