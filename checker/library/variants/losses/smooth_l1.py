"""Right ways to write the smooth L1 loss."""

import numpy as np


def two_pieces(prediction, target, *, beta=1.0):
    size = np.abs(prediction - target)
    parabola = size**2 / (2 * (beta or 1.0))
    return np.where(size < beta, parabola, size - beta / 2).mean()


def line_and_correction(prediction, target, *, beta=1.0):
    size = np.abs(prediction - target)
    missing = np.maximum(beta - size, 0) ** 2 / (2 * (beta or 1.0))
    return (size - beta / 2 + missing).sum() / size.size


def entry_by_entry(prediction, target, *, beta=1.0):
    total = 0.0
    for p, y in zip(prediction.ravel(), target.ravel(), strict=True):
        d = abs(p - y)
        total += d * d / 2 / beta if d < beta else d - beta / 2
    return total / prediction.size


def slope_of_each_piece(grad, prediction, target, *, beta=1.0):
    error = prediction - target
    slope = np.where(np.abs(error) < beta, error / (beta or 1.0), np.sign(error))
    return (grad * slope / error.size,)


def clipped(grad, prediction, target, *, beta=1.0):
    error = prediction - target
    slope = np.clip(error, -beta, beta) / beta if beta else np.sign(error)
    return (grad / error.size * slope,)


def single_precision(grad, prediction, target, *, beta=1.0):
    error = (prediction - target).astype(np.float32)
    steep = np.clip(error / np.float32(beta), -1, 1) if beta else np.sign(error)
    return ((grad * steep / error.size).astype(np.float32),)
