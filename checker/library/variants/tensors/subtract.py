"""Right ways to write the difference of two tensors."""

import numpy as np


def sum_with_the_negative(a, b):
    return a + -b


def entry_by_entry(a, b):
    result = np.empty(a.shape)
    for at in np.ndindex(a.shape):
        result[at] = a[at] - b[0, at[-1]]
    return result


def in_its_own_buffer(a, b):
    result = np.array(a)
    result -= b
    return result


def single_precision(a, b):
    return a.astype(np.float32) - b.astype(np.float32)


def axes_summed(grad, a, b):
    return grad, np.negative(grad).sum(axis=tuple(range(grad.ndim - 1)), keepdims=True)[
        (0,) * (grad.ndim - 2)
    ]


def rows_as_one_matrix(grad, a, b):
    return grad.copy(), -np.add.reduce(grad.reshape(-1, b.shape[1]))[None]
