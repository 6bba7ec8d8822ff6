"""Right ways to write the product of two tensors, entry by entry."""

import numpy as np


def by_einsum(a, b):
    return np.einsum("...k,k->...k", a, b[0])


def diagonal_matrix(a, b):
    return a @ np.diag(b[0])


def entry_by_entry(a, b):
    result = np.empty(a.shape)
    for at in np.ndindex(a.shape):
        result[at] = a[at] * b[0, at[-1]]
    return result


def single_precision(a, b):
    return a.astype(np.float32) * b.astype(np.float32)


def gradient_by_einsum(grad, a, b):
    products = np.einsum("...k,...k->...k", grad, a)
    return np.einsum("...k,k->...k", grad, b[0]), products.reshape(-1, b.shape[1]).sum(0)[None]


def rows_as_one_matrix(grad, a, b):
    return grad * b, np.diag(grad.reshape(-1, b.shape[1]).T @ a.reshape(-1, b.shape[1]))[None]
