"""Right ways to compute average pooling and its gradient."""

import itertools
import math
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def window_by_window(
    x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    frames = _frames(x, size, stride, padding, ceil_mode)
    y = np.zeros((*x.shape[:2], *(len(along) for along in frames)))
    for place in np.ndindex(y.shape[2:]):
        spans = [along[p] for along, p in zip(frames, place, strict=True)]
        inside = tuple(slice(max(a, 0), min(b, n)) for a, b, n in spans)
        y[(..., *place)] = x[(..., *inside)].sum(axis=tuple(range(2, x.ndim)))
        y[(..., *place)] /= divisor or _count(spans, inside, padding, count_padding)
    return y


def one_axis_after_the_other(
    x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    """Sums along one axis after the other, and the counts likewise."""
    frames = _frames(x, size, stride, padding, ceil_mode)
    pads = _every(padding, x)
    y, counts = x, np.ones(())
    for axis, (along, pad) in enumerate(zip(frames, pads, strict=True), start=2):
        lines = np.moveaxis(y, axis, 0)
        sums = [lines[max(a, 0) : min(b, n)].sum(axis=0) for a, b, n in along]
        y = np.moveaxis(np.array(sums), 0, axis)
        beside = pad if count_padding else 0
        number = [min(b, n + beside) - max(a, -beside) for a, b, n in along]
        counts = np.multiply.outer(counts, number)
    return y / (divisor or counts)


def matrix_of_each_axis(
    x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    sums, counts = _matrices(x, size, stride, padding, ceil_mode, count_padding)
    for axis, matrix in enumerate(sums, start=2):
        x = np.moveaxis(np.tensordot(matrix, x, axes=(1, axis)), 0, axis)
    return x / (divisor or counts)


def view_of_all_windows(
    x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    """The image gets nan where nothing counts, and the mean leaves nan out."""
    sizes, pads = _every(size, x), _every(padding, x)
    steps = sizes if stride is None else _every(stride, x)
    around = [(0, 0), (0, 0), *((p, p + s) for p, s in zip(pads, sizes, strict=True))]
    value = 0.0 if count_padding else np.nan
    image = np.pad(
        x.astype(float), [(0, 0), (0, 0), *((p, p) for p in pads)], constant_values=value
    )
    image = np.pad(image, [(0, after - before) for before, after in around], constant_values=np.nan)
    windows = sliding_window_view(image, sizes, axis=tuple(range(2, x.ndim)))
    frames = _frames(x, size, stride, padding, ceil_mode)
    kept = tuple(slice(0, (len(f) - 1) * s + 1, s) for f, s in zip(frames, steps, strict=True))
    windows = windows[(slice(None), slice(None), *kept)]
    axes = tuple(range(x.ndim, windows.ndim))
    return np.nansum(windows, axis=axes) / (divisor or np.sum(~np.isnan(windows), axis=axes))


def added_window_by_window(
    grad, x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    frames = _frames(x, size, stride, padding, ceil_mode)
    dx = np.zeros(x.shape)
    for place in np.ndindex(grad.shape[2:]):
        spans = [along[p] for along, p in zip(frames, place, strict=True)]
        inside: Any = tuple(slice(max(a, 0), min(b, n)) for a, b, n in spans)
        count = divisor or _count(spans, inside, padding, count_padding)
        part = grad[(..., *place)] / count
        dx[(..., *inside)] += part.reshape(*part.shape, *[1] * len(inside))
    return (dx,)


def entry_by_entry(
    grad, x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    """Each entry of the image collects from the windows around it."""
    sums, counts = _matrices(x, size, stride, padding, ceil_mode, count_padding)
    parts = grad / (divisor or counts)
    dx = np.zeros(x.shape)
    for place in np.ndindex(x.shape[2:]):
        around = [np.flatnonzero(matrix[:, p]) for matrix, p in zip(sums, place, strict=True)]
        for window in itertools.product(*around):
            dx[(..., *place)] += parts[(..., *window)]
    return (dx,)


def transposed_matrices(
    grad, x, *, size=2, stride=None, padding=0, ceil_mode=False, count_padding=True, divisor=None
):
    sums, counts = _matrices(x, size, stride, padding, ceil_mode, count_padding)
    dx = grad / (divisor or counts)
    for axis, matrix in enumerate(sums, start=2):
        dx = np.moveaxis(np.tensordot(matrix.T, dx, axes=(1, axis)), 0, axis)
    return (dx,)


def _every(value, x):
    return value if isinstance(value, tuple) else (value,) * (x.ndim - 2)


def _frames(x, size, stride, padding, ceil_mode):
    """For each axis, where each window begins and ends in the image, and the length of the axis."""
    sizes, pads = _every(size, x), _every(padding, x)
    steps = sizes if stride is None else _every(stride, x)
    found = []
    for n, k, p, s in zip(x.shape[2:], sizes, pads, steps, strict=True):
        room = n + 2 * p - k
        count = (-(-room // s) if ceil_mode else room // s) + 1
        count -= (count - 1) * s >= n + p  # a window must not begin after the image
        starts = [j * s - p for j in range(count)]
        found.append([(a, a + k, n) for a in starts])
    return found


def _count(spans, inside, padding, count_padding):
    if not count_padding:
        return math.prod(part.stop - part.start for part in inside)
    pads = padding if isinstance(padding, tuple) else (padding,) * len(spans)
    return math.prod(min(b, n + p) - a for (a, b, n), p in zip(spans, pads, strict=True))


def _matrices(x, size, stride, padding, ceil_mode, count_padding):
    """For each axis, the matrix that sums over windows, and the counts of all windows."""
    counts, sums = np.ones(()), []
    frames = _frames(x, size, stride, padding, ceil_mode)
    for along, pad in zip(frames, _every(padding, x), strict=True):
        at = np.arange(along[0][2])
        sums.append(np.array([(at >= a) & (at < b) for a, b, _ in along]).astype(float))
        beside = pad if count_padding else 0
        number = [min(b, n + beside) - max(a, -beside) for a, b, n in along]
        counts = np.multiply.outer(counts, number)
    return sums, counts
