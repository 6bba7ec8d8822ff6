"""Right ways to compute fractional max pooling and its gradient."""

import math

import numpy as np


def window_by_window(x, samples, *, size=2, output_size, ratio=None):
    sizes, counts = _sizes(x, size, output_size, ratio)
    values = np.zeros((*x.shape[:2], *counts), dtype=x.dtype)
    indices = np.zeros(values.shape, dtype=np.int64)
    places = np.arange(math.prod(x.shape[2:])).reshape(x.shape[2:])
    for at in np.ndindex(*values.shape):
        window = _window(x, samples, sizes, counts, at)
        part = x[at[:2]][window].ravel()
        values[at], indices[at] = part.max(), places[window].ravel()[part.argmax()]
    return values, indices


def every_window_of_stride_one(x, samples, *, size=2, output_size, ratio=None):
    """The largest entries of all windows, of which each channel takes some."""
    sizes, counts = _sizes(x, size, output_size, ratio)
    axes = tuple(range(2, x.ndim))
    windows = np.lib.stride_tricks.sliding_window_view(x, sizes, axis=axes)
    shape = windows.shape[: x.ndim]
    flat = windows.reshape(*shape, math.prod(sizes))
    first = flat.argmax(axis=-1)
    inside = np.unravel_index(first, sizes)
    places = [np.indices(shape)[axis] + inside[axis - 2] for axis in axes]
    numbers = np.ravel_multi_index(places, x.shape[2:])
    chosen = _chosen(x, samples, sizes, counts)
    return flat.max(axis=-1)[chosen], numbers[chosen]


def by_sorting(x, samples, *, size=2, output_size, ratio=None):
    """The entries of an image are ranked once, and each window takes the best rank."""
    sizes, counts = _sizes(x, size, output_size, ratio)
    flat = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    order = np.argsort(-flat, axis=2, kind="stable")
    rank = np.empty(order.shape, dtype=int)
    np.put_along_axis(rank, order, np.arange(order.shape[2])[None, None], axis=2)
    rank = rank.reshape(x.shape)
    indices = np.zeros((*x.shape[:2], *counts), dtype=np.int64)
    for at in np.ndindex(*indices.shape):
        indices[at] = order[at[:2]][rank[at[:2]][_window(x, samples, sizes, counts, at)].min()]
    rows = indices.reshape(*x.shape[:2], math.prod(counts))
    return np.take_along_axis(flat, rows, axis=2).reshape(indices.shape), indices


def added_at_the_indices(grad, x, samples, *, size=2, output_size, ratio=None):
    _, indices = window_by_window(x, samples, size=size, output_size=output_size, ratio=ratio)
    dx = np.zeros((*x.shape[:2], math.prod(x.shape[2:])))
    for at in np.ndindex(*indices.shape):
        dx[(*at[:2], indices[at])] += grad[at]
    return (dx.reshape(x.shape),)


def shared_among_equals(grad, x, samples, *, size=2, output_size, ratio=None):
    """Each of several largest entries gets the same part."""
    sizes, counts = _sizes(x, size, output_size, ratio)
    dx = np.zeros(x.shape)
    for at in np.ndindex(*x.shape[:2], *counts):
        window = _window(x, samples, sizes, counts, at)
        equal = x[at[:2]][window] == x[at[:2]][window].max()
        dx[at[:2]][window] += grad[at] * equal / equal.sum()
    return (dx,)


def last_of_equals(grad, x, samples, *, size=2, output_size, ratio=None):
    """The other side of a kink."""
    sizes, counts = _sizes(x, size, output_size, ratio)
    dx = np.zeros(x.shape)
    for at in np.ndindex(*x.shape[:2], *counts):
        window = _window(x, samples, sizes, counts, at)
        part = x[at[:2]][window]
        last = np.unravel_index(part.size - 1 - part.ravel()[::-1].argmax(), part.shape)
        dx[at[:2]][window][last] += grad[at]
    return (dx,)


def _sizes(x, size, output_size, ratio):
    rank = x.ndim - 2
    sizes = size if isinstance(size, tuple) else (size,) * rank
    counts = output_size if isinstance(output_size, tuple) else (output_size,) * rank
    if ratio is not None:
        counts = tuple(math.floor(ratio * h) for h in x.shape[2:])
    return sizes, counts


def _begin(h, k, count, j, u):
    if j == count - 1:
        return h - k
    step = (h - k) / (count - 1)
    return math.floor((j + u) * step) - math.floor(u * step)


def _window(x, samples, sizes, counts, at):
    """The slices of the window with this place in the output."""
    along = zip(x.shape[2:], sizes, counts, at[2:], samples[at[:2]], strict=True)
    begins = [_begin(h, k, count, j, u) for h, k, count, j, u in along]
    return tuple(slice(b, b + k) for b, k in zip(begins, sizes, strict=True))


def _chosen(x, samples, sizes, counts):
    """The index of the windows of each channel among all of stride 1."""
    index = np.indices((*x.shape[:2], *counts))
    for axis, (h, k, count) in enumerate(zip(x.shape[2:], sizes, counts, strict=True)):
        for at in np.ndindex(*index.shape[1:]):
            u = samples[at[:2]][axis]
            index[(axis + 2, *at)] = _begin(h, k, count, at[axis + 2], u)
    return tuple(index)
