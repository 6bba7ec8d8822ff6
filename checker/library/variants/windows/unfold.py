"""Right ways to write the windows of an image as columns, and the gradient of that."""

import math
from typing import Any

import numpy as np


def window_by_window(x, *, size, stride=1, padding=0, dilation=1):
    wide, windows, counts = _windows(x, size, stride, padding, dilation)
    rows = [wide[(..., *window)].reshape(len(x), -1) for window in windows]
    entries = x.shape[1] * math.prod(_each(size, len(counts)))
    return np.array(rows).reshape(len(rows), len(x), entries).transpose(1, 2, 0)


def by_one_index(x, *, size, stride=1, padding=0, dilation=1):
    """All places are computed first, and taken at once."""
    wide, windows, _ = _windows(x, size, stride, padding, dilation)
    places = np.arange(math.prod(wide.shape[2:])).reshape(wide.shape[2:])
    at = np.stack([places[tuple(window)].ravel() for window in windows], axis=1)
    y = wide.reshape(*x.shape[:2], places.size)[:, :, at]
    return y.reshape(len(x), x.shape[1] * at.shape[0], at.shape[1])


def by_sliding_windows(x, *, size, stride=1, padding=0, dilation=1):
    rank = x.ndim - 2
    size, stride, padding, dilation = (_each(s, rank) for s in (size, stride, padding, dilation))
    wide = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    spans = [d * (k - 1) + 1 for k, d in zip(size, dilation, strict=True)]
    windows = np.lib.stride_tricks.sliding_window_view(wide, spans, axis=tuple(range(2, x.ndim)))
    steps = [slice(None, None, step) for step in (*stride, *dilation)]
    kept = windows[(slice(None), slice(None), *steps)]
    order = (0, 1, *range(2 + rank, 2 + 2 * rank), *range(2, 2 + rank))
    counts = kept.shape[2 : 2 + rank]
    entries = x.shape[1] * math.prod(size)
    return kept.transpose(order).reshape(len(x), entries, math.prod(counts))


def added_window_by_window(grad, x, *, size, stride=1, padding=0, dilation=1):
    wide, windows, counts = _windows(0 * x, size, stride, padding, dilation)
    shape = (*x.shape[:2], *_each(size, len(counts)))
    for number, window in enumerate(windows):
        wide[(..., *window)] += grad[:, :, number].reshape(shape)
    return (_inside(wide, x, padding),)


def added_at_once(grad, x, *, size, stride=1, padding=0, dilation=1):
    wide, windows, _ = _windows(0 * x, size, stride, padding, dilation)
    places = np.arange(math.prod(wide.shape[2:])).reshape(wide.shape[2:])
    at = np.stack([places[tuple(window)].ravel() for window in windows], axis=1)
    flat = wide.reshape(x.shape[0], x.shape[1], places.size)
    index: Any = (slice(None), slice(None), at)
    np.add.at(flat, index, grad.reshape(*x.shape[:2], *at.shape))
    return (_inside(flat.reshape(wide.shape), x, padding),)


def by_a_matrix(grad, x, *, size, stride=1, padding=0, dilation=1):
    """Which entry of the image is which of the columns, as a matrix of zeros and ones."""
    count = math.prod(x.shape[2:])
    units = np.eye(count).reshape(count, 1, *x.shape[2:])
    settings = {"size": size, "stride": stride, "padding": padding, "dilation": dilation}
    matrix = by_one_index(units, **settings).reshape(count, math.prod(grad.shape[1:]) // x.shape[1])
    return ((grad.reshape(*x.shape[:2], matrix.shape[1]) @ matrix.T).reshape(x.shape),)


def _each(value, rank):
    return value if isinstance(value, tuple) else (value,) * rank


def _windows(x, size, stride, padding, dilation):
    """The image with its padding, the slices of each window, and how many windows there are."""
    rank = x.ndim - 2
    size, stride, padding, dilation = (_each(s, rank) for s in (size, stride, padding, dilation))
    wide = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    spans = [d * (k - 1) + 1 for k, d in zip(size, dilation, strict=True)]
    along = zip(wide.shape[2:], spans, stride, strict=True)
    counts = [(h - span) // step + 1 for h, span, step in along]
    windows = []
    for place in np.ndindex(*counts):
        steps = zip(place, stride, spans, dilation, strict=True)
        windows.append([slice(p * s, p * s + span, d) for p, s, span, d in steps])
    return wide, windows, counts


def _inside(wide, x, padding):
    pads = _each(padding, x.ndim - 2)
    return wide[(..., *(slice(p, p + h) for p, h in zip(pads, x.shape[2:], strict=True)))]
