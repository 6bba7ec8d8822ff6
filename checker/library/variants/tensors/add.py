"""Right ways to write the sum of two tensors."""

import numpy as np


def tiled(a, b):
    return a + np.tile(b, (a.shape[-2], 1))


def row_by_row(a, b):
    return np.array([row + b[0] for row in a.reshape(-1, a.shape[-1])]).reshape(a.shape)


def entry_by_entry(a, b):
    result = np.empty(a.shape)
    for at in np.ndindex(a.shape):
        result[at] = a[at] + b[0, at[-1]]
    return result


def outer_product_with_ones(a, b):
    return a + np.ones((a.shape[-2], 1)) @ b


def nested_lists(a, b):
    if a.ndim == 2:
        return [[x + y for x, y in zip(row, b[0], strict=True)] for row in a]
    return [nested_lists(part, b) for part in a]


def single_precision(a, b):
    return a.astype(np.float32) + b.astype(np.float32)


def axes_summed(grad, a, b):
    return grad.copy(), grad.sum(axis=tuple(range(grad.ndim - 1)))[None]


def rows_as_one_matrix(grad, a, b):
    rows = grad.reshape(-1, b.shape[1])
    return grad, np.ones((1, len(rows))) @ rows
