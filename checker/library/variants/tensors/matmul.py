"""Right ways to write the product of two matrices."""

import numpy as np


def three_loops(a, b):
    result = np.zeros((len(a), b.shape[1]))
    for i in range(len(a)):
        for j in range(b.shape[1]):
            for k in range(len(b)):
                result[i, j] += a[i, k] * b[k, j]
    return result


def nested_lists(a, b):
    return [[sum(x * y for x, y in zip(row, column, strict=True)) for column in b.T] for row in a]


def by_einsum(a, b):
    return np.einsum("ik,kj->ij", a, b)


def broadcast_and_summed(a, b):
    return (a[:, :, None] * b).sum(axis=1)


def sum_of_outer_products(a, b):
    return sum(np.outer(column, row) for column, row in zip(a.T, b, strict=True))


def single_precision(a, b):
    return a.astype(np.float32) @ b.astype(np.float32)


def gradients_by_einsum(grad, a, b):
    return np.einsum("ij,kj->ik", grad, b), np.einsum("ik,ij->kj", a, grad)


def transposed_and_back(grad, a, b):
    return (b @ grad.T).T, (grad.T @ a).T
