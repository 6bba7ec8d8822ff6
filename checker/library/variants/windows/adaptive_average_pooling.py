"""Right ways to compute adaptive average pooling and its gradient."""

import math
from itertools import product
from typing import Any

import numpy as np

from checker.library.variants.windows import _regions


def region_by_region(x, *, size):
    spans = _regions.spans(x, size)
    y = np.zeros((*x.shape[:2], *map(len, spans)))
    for place in np.ndindex(y.shape[2:]):
        region = tuple(slice(*along[p]) for along, p in zip(spans, place, strict=True))
        y[(..., *place)] = x[(..., *region)].mean(axis=tuple(range(2, x.ndim)))
    return y


def matrix_of_each_axis(x, *, size):
    for axis, matrix in enumerate(_matrices(x, size), start=2):
        x = np.moveaxis(np.tensordot(matrix, x, axes=(1, axis)), 0, axis)
    return x


def numbers_only(x, *, size):
    spans = _regions.spans(x, size)
    y = np.zeros((*x.shape[:2], *map(len, spans)))
    for n, c, *place in np.ndindex(y.shape):
        ranges = [range(*along[p]) for along, p in zip(spans, place, strict=True)]
        entries = [x[(n, c, *at)] for at in product(*ranges)]
        y[(n, c, *place)] = math.fsum(entries) / len(entries)
    return y


def masked_mean(x, *, size):
    """A mask for each region, and the mean under it."""
    matrices = _matrices(x, size)
    masks = np.ones((1, 1))
    for matrix in matrices:
        masks = np.kron(masks, matrix)
    flat = x.reshape(*x.shape[:2], -1) @ masks.T
    return flat.reshape(*x.shape[:2], *map(len, matrices))


def added_region_by_region(grad, x, *, size):
    spans = _regions.spans(x, size)
    dx = np.zeros(x.shape)
    for place in np.ndindex(grad.shape[2:]):
        region = [along[p] for along, p in zip(spans, place, strict=True)]
        count = math.prod(end - first for first, end in region)
        part = grad[(..., *place)] / count
        inside: Any = [slice(*span) for span in region]
        dx[(..., *inside)] += part.reshape(*part.shape, *[1] * len(region))
    return (dx,)


def transposed_matrices(grad, x, *, size):
    for axis, matrix in enumerate(_matrices(x, size), start=2):
        grad = np.moveaxis(np.tensordot(matrix.T, grad, axes=(1, axis)), 0, axis)
    return (grad,)


def one_large_matrix(grad, x, *, size):
    masks = np.ones((1, 1))
    for matrix in _matrices(x, size):
        masks = np.kron(masks, matrix)
    return ((grad.reshape(*x.shape[:2], -1) @ masks).reshape(x.shape),)


def _matrices(x, size):
    """For each axis, the matrix that takes the mean of each region."""
    found = []
    for n, along in zip(x.shape[2:], _regions.spans(x, size), strict=True):
        at = np.arange(n)
        rows = [(at >= first) & (at < end) for first, end in along]
        found.append(np.array([row / row.sum() for row in rows]))
    return found
