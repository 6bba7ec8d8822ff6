"""Right ways to write the Huber loss."""

import numpy as np


def two_pieces(prediction, target, weight=None, *, delta=1.0):
    size = np.abs(prediction - target)
    costs = np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))
    return np.mean(costs if weight is None else weight * costs)


def parabola_and_rest(prediction, target, weight=None, *, delta=1.0):
    size = np.abs(prediction - target)
    costs = np.minimum(size, delta) ** 2 / 2 + delta * np.maximum(size - delta, 0)
    return np.average(costs) if weight is None else (weight * costs).sum() / costs.size


def entry_by_entry(prediction, target, weight=None, *, delta=1.0):
    total = 0.0
    weights = np.ones(prediction.size) if weight is None else weight.ravel()
    for p, y, w in zip(prediction.ravel(), target.ravel(), weights, strict=True):
        d = abs(p - y)
        total += w * (d * d / 2 if d < delta else delta * d - delta * delta / 2)
    return total / prediction.size


def clipped(grad, prediction, target, weight=None, *, delta=1.0):
    weights = 1.0 if weight is None else weight
    return (grad * weights * np.clip(prediction - target, -delta, delta) / prediction.size,)


def slope_of_each_piece(grad, prediction, target, weight=None, *, delta=1.0):
    error = prediction - target
    slope = np.where(np.abs(error) <= delta, error, delta * np.sign(error))
    each = grad / prediction.size
    return (each * slope if weight is None else each * slope * weight,)


def single_precision(grad, prediction, target, weight=None, *, delta=1.0):
    error = (prediction - target).astype(np.float32)
    slope = np.clip(error, np.float32(-delta), np.float32(delta)) / np.float32(error.size)
    return ((grad * slope if weight is None else grad * slope * weight).astype(np.float32),)
