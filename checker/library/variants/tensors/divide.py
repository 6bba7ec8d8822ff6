"""Right ways to write the quotient of two tensors."""

import numpy as np


def times_the_reciprocal(a, b):
    return a * (1 / b)


def entry_by_entry(a, b):
    result = np.empty(a.shape)
    for at in np.ndindex(a.shape):
        result[at] = a[at] / b[0, at[-1]]
    return result


def single_precision(a, b):
    return a.astype(np.float32) / b.astype(np.float32)


def by_the_square(grad, a, b):
    axes = tuple(range(grad.ndim - 1))
    return grad / b, -((grad * a).sum(axis=axes) / b[0] ** 2)[None]


def by_the_quotient(grad, a, b):
    rows = (-grad * (a / b)).reshape(-1, b.shape[1])
    return grad * (1 / b), rows.sum(axis=0, keepdims=True) / b
