"""Right ways to compute max pooling and its gradient."""

import math

import numpy as np

from reference.windows.max_pooling import forward


def window_by_window(x, *, size=2, stride=None, padding=0, dilation=1, ceil_mode=False):
    axes = range(x.ndim - 2)
    every = []
    for setting in (size, size if stride is None else stride, padding, dilation):
        every.append(setting if isinstance(setting, tuple) else tuple(setting for _ in axes))
    size, stride, padding, dilation = every
    counts = []
    for a in axes:
        room = x.shape[a + 2] + 2 * padding[a] - dilation[a] * (size[a] - 1) - 1
        count = -(-room // stride[a]) + 1 if ceil_mode else room // stride[a] + 1
        # A window must not begin after the image.
        counts.append(count - ((count - 1) * stride[a] >= x.shape[a + 2] + padding[a]))
    values = np.zeros((*x.shape[:2], *counts), dtype=x.dtype)
    indices = np.zeros(values.shape, dtype=np.int64)
    for place in np.ndindex(*values.shape):
        best = None
        for entry in np.ndindex(*size):
            at, inside = 0, True
            for a in axes:
                k = place[a + 2] * stride[a] - padding[a] + entry[a] * dilation[a]
                inside = inside and 0 <= k < x.shape[a + 2]
                at = at * x.shape[a + 2] + k
            if inside:
                value = x[place[:2]].ravel()[at]
                if best is None or value > best:
                    best = values[place] = value
                    indices[place] = at
    return values, indices


def all_windows_at_once(x, *, size=2, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Every window becomes a row, and the padding -inf."""
    at = _places(x.shape[2:], size, stride, padding, dilation, ceil_mode)
    rows = _flat(x, -np.inf)[:, :, at]
    first = rows.argmax(axis=-1)[..., None]
    indices = np.take_along_axis(np.broadcast_to(at, rows.shape), first, axis=-1)
    return np.take_along_axis(rows, first, axis=-1)[..., 0], indices[..., 0]


def by_rank(x, *, size=2, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The entries are sorted once, and each window takes the one that comes first."""
    at = _places(x.shape[2:], size, stride, padding, dilation, ceil_mode)
    order = np.argsort(-_flat(x, -np.inf), axis=-1, kind="stable")
    ranks = np.argsort(order, axis=-1)
    first = ranks[:, :, at].min(axis=-1)
    flat = first.reshape(*x.shape[:2], math.prod(at.shape[:-1]))
    indices = np.take_along_axis(order, flat, axis=-1)
    values = np.take_along_axis(_flat(x, -np.inf), indices, axis=-1)
    return values.reshape(first.shape), indices.reshape(first.shape)


def added_at_the_indices(grad, x, *, size=2, stride=None, padding=0, dilation=1, ceil_mode=False):
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    _, indices = forward(x, size=size, ceil_mode=ceil_mode, **settings)
    dx = np.zeros(x.shape)
    for at in np.ndindex(indices.shape):
        place = np.unravel_index(indices[at], x.shape[2:])
        dx[(*at[:2], *place)] += grad[at]
    return (dx,)


def shared_among_equals(grad, x, *, size=2, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Each of several largest entries gets the same part."""
    at = _places(x.shape[2:], size, stride, padding, dilation, ceil_mode)
    rows = _flat(x, -np.inf)[:, :, at]
    largest = rows == rows.max(axis=-1, keepdims=True)
    return (_put_back(grad[..., None] * largest / largest.sum(axis=-1, keepdims=True), at, x),)


def last_of_equals(grad, x, *, size=2, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The other side of a kink."""
    at = _places(x.shape[2:], size, stride, padding, dilation, ceil_mode)[..., ::-1]
    rows = _flat(x, -np.inf)[:, :, at]
    chosen = rows.argmax(axis=-1)[..., None] == np.arange(at.shape[-1])
    return (_put_back(grad[..., None] * chosen, at, x),)


def _places(lengths, size, stride, padding, dilation, ceil_mode):
    """Which entry of the image is entry k of window j; one past the last where there is none."""
    zero = np.zeros(len(lengths), dtype=int)
    size, gaps, pads = zero + size, zero + dilation, zero + padding
    steps = size if stride is None else zero + stride
    room = np.array(lengths) + 2 * pads - gaps * (size - 1) - 1
    counts = (np.ceil(room / steps) if ceil_mode else np.floor(room / steps)).astype(int) + 1
    counts -= (counts - 1) * steps >= np.array(lengths) + pads
    starts = np.moveaxis(np.indices(counts), 0, -1) * steps - pads
    entries = np.indices(size).reshape(len(lengths), -1).T * gaps
    at = starts[..., None, :] + entries
    inside = ((at >= 0) & (at < lengths)).all(axis=-1)
    clipped = tuple(np.moveaxis(np.clip(at, 0, np.array(lengths) - 1), -1, 0))
    return np.where(inside, np.ravel_multi_index(clipped, lengths), math.prod(lengths))


def _flat(x, last):
    """The entries of each channel in a row, and one more for what is outside."""
    flat = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    return np.concatenate([flat, np.full_like(flat[..., :1], last, dtype=float)], axis=-1)


def _put_back(parts, at, x):
    flat = np.zeros((*x.shape[:2], math.prod(x.shape[2:]) + 1))
    rows = parts.reshape(*x.shape[:2], at.size)
    for number, place in enumerate(at.ravel()):
        flat[:, :, place] += rows[:, :, number]
    return flat[:, :, :-1].reshape(x.shape)
