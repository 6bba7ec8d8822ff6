"""Right ways to write the products of a batch of matrices."""

import numpy as np


def by_einsum(a, b):
    return np.einsum("...nd,...dk->...nk", a, b)


def one_after_the_other(a, b):
    result = np.empty((*a.shape[:-1], b.shape[-1]))
    for i in np.ndindex(a.shape[:-2]):
        result[i] = a[i] @ b[i]
    return result


def broadcast_and_summed(a, b):
    return (a[..., :, :, None] * b[..., None, :, :]).sum(axis=-2)


def from_the_transposes(a, b):
    return np.swapaxes(np.swapaxes(b, -1, -2) @ np.swapaxes(a, -1, -2), -1, -2)


def gradients_by_einsum(grad, a, b):
    return np.einsum("...nk,...dk->...nd", grad, b), np.einsum("...nd,...nk->...dk", a, grad)


def gradients_one_after_the_other(grad, a, b):
    da, db = np.empty_like(a), np.empty_like(b)
    for i in np.ndindex(a.shape[:-2]):
        da[i], db[i] = grad[i] @ b[i].T, a[i].T @ grad[i]
    return da, db
