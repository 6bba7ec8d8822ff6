"""Right ways to compute power pooling and its gradient."""

import math

import numpy as np


def window_by_window(x, *, power, size=2, stride=None, ceil_mode=False):
    size, stride, counts = _steps(x, size, stride, ceil_mode)
    y = np.zeros((*x.shape[:2], *counts), dtype=x.dtype)
    for place, window in _windows(size, stride, counts):
        part = x[(..., *window)]
        inside = math.prod(part.shape[2:])
        total = (part**power).sum(axis=tuple(range(2, x.ndim)))
        y[(..., *place)] = (total * math.prod(size) / inside) ** (1 / power)
    return y


def one_axis_after_the_other(x, *, power, size=2, stride=None, ceil_mode=False):
    """The powers are added along one axis and then along the next."""
    size, stride, counts = _steps(x, size, stride, ceil_mode)
    total = x**power
    for axis, (k, s, n) in enumerate(zip(size, stride, counts, strict=True), start=2):
        along = np.moveaxis(total, axis, 0)
        length = len(along)
        sums = [along[j * s : j * s + k].sum(axis=0) * k / min(k, length - j * s) for j in range(n)]
        total = np.moveaxis(np.array(sums), 0, axis)
    return total ** (1 / power)


def by_matrices(x, *, power, size=2, stride=None, ceil_mode=False):
    """The windows are rows of a matrix of zeros and ones."""
    matrix, counts = _matrix(x, size, stride, ceil_mode)
    rows = (x**power).reshape(*x.shape[:2], math.prod(x.shape[2:]))
    return ((rows @ matrix.T) ** (1 / power)).reshape(*x.shape[:2], *counts)


def added_window_by_window(grad, x, *, power, size=2, stride=None, ceil_mode=False):
    y = window_by_window(x, power=power, size=size, stride=stride, ceil_mode=ceil_mode)
    size, stride, counts = _steps(x, size, stride, ceil_mode)
    dx = np.zeros(x.shape)
    for place, window in _windows(size, stride, counts):
        part = x[(..., *window)]
        at = (..., *place, *[None] * len(size))
        full = math.prod(size) / math.prod(part.shape[2:])
        ratio = np.divide(part, y[at], out=np.zeros(part.shape), where=y[at] != 0)
        slope = ratio ** (power - 1)  # with power 1 also for a sum of 0
        dx[(..., *window)] += grad[at] * slope * full
    return (dx,)


def by_the_transposed_matrix(grad, x, *, power, size=2, stride=None, ceil_mode=False):
    matrix, counts = _matrix(x, size, stride, ceil_mode)
    rows = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    total = (rows**power) @ matrix.T
    up = grad.reshape(*x.shape[:2], math.prod(counts))
    up = np.where(total == 0, 0, up) if power > 1 else up
    total = np.where(total == 0, 1, total)
    slope = (up * total ** (1 / power - 1)) @ matrix
    return ((slope * rows ** (power - 1)).reshape(x.shape),)


def root_and_power_apart(grad, x, *, power, size=2, stride=None, ceil_mode=False):
    """First through the root, then through the sum, then through the power."""
    matrix, counts = _matrix(x, size, stride, ceil_mode)
    rows = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    total = (rows**power) @ matrix.T
    safe = np.where(total == 0, 1, total)
    dtotal = grad.reshape(*x.shape[:2], math.prod(counts)) * safe ** (1 / power) / (power * safe)
    if power == 1:
        dtotal = grad.reshape(dtotal.shape)
    return (((dtotal @ matrix) * power * rows ** (power - 1)).reshape(x.shape),)


def _steps(x, size, stride, ceil_mode):
    rank = x.ndim - 2
    size = size if isinstance(size, tuple) else (size,) * rank
    stride = size if stride is None else stride
    stride = stride if isinstance(stride, tuple) else (stride,) * rank
    counts = []
    for length, k, s in zip(x.shape[2:], size, stride, strict=True):
        count = (math.ceil if ceil_mode else math.floor)((length - k) / s) + 1
        counts.append(count - ((count - 1) * s >= length))
    return size, stride, counts


def _windows(size, stride, counts):
    """The place of each window in the output, and its slices of the image."""
    for place in np.ndindex(*counts):
        yield place, [slice(p * s, p * s + k) for p, k, s in zip(place, size, stride, strict=True)]


def _matrix(x, size, stride, ceil_mode):
    size, stride, counts = _steps(x, size, stride, ceil_mode)
    rows = []
    for _, window in _windows(size, stride, counts):
        row = np.zeros(x.shape[2:])
        row[tuple(window)] = 1
        rows.append(row.ravel() * math.prod(size) / row.sum())
    return np.array(rows).reshape(math.prod(counts), math.prod(x.shape[2:])), counts
