"""Right ways to write the mean squared error with weights."""

import numpy as np


def matrix_of_weights(prediction, target, weight, *, over="weights"):
    each = np.repeat(weight[:, None], prediction.shape[1], axis=1)
    total = each.sum() if over == "weights" else each.size
    return (each * (prediction - target) ** 2).sum() / total


def example_by_example(prediction, target, weight, *, over="weights"):
    total = 0.0
    for p, y, w in zip(prediction, target, weight, strict=True):
        total += w * np.mean((p - y) ** 2)
    return total / (sum(weight) if over == "weights" else len(weight))


def single_precision(prediction, target, weight, *, over="weights"):
    error, w = (prediction - target).astype(np.float32), weight.astype(np.float32)
    return w @ (error**2).mean(axis=1) / (w.sum() if over == "weights" else len(w))


def diagonal_of_weights(grad, prediction, target, weight, *, over="weights"):
    total = weight.sum() if over == "weights" else len(weight)
    error = (prediction - target) / prediction.shape[1]
    return (grad * 2 / total * (np.diag(weight) @ error),)


def row_by_row(grad, prediction, target, weight, *, over="weights"):
    total = prediction.shape[1] * (weight.sum() if over == "weights" else len(weight))
    rows = zip(prediction, target, weight, strict=True)
    return (np.array([2 * grad * w * (p - y) / total for p, y, w in rows]),)
