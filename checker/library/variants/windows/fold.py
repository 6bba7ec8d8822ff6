"""Right ways to add columns to an image, and the gradient of that."""

import math
from typing import Any

import numpy as np


def window_by_window(x, *, output_size, size, stride=1, padding=0, dilation=1):
    places, size, pads, wide = _places(output_size, size, stride, padding, dilation)
    channels = x.shape[1] // math.prod(size)
    y = np.zeros((len(x), channels, math.prod(wide)))
    columns = x.reshape(len(x), channels, *places.shape)
    for number in range(places.shape[1]):
        y[:, :, places[:, number]] += columns[..., number]
    return _inside(y.reshape(len(x), channels, *wide), pads, output_size)


def added_at_once(x, *, output_size, size, stride=1, padding=0, dilation=1):
    places, size, pads, wide = _places(output_size, size, stride, padding, dilation)
    channels = x.shape[1] // math.prod(size)
    y = np.zeros((len(x), channels, math.prod(wide)))
    columns = x.reshape(len(x), channels, *places.shape)
    at: Any = (slice(None), slice(None), places)
    np.add.at(y, at, columns)
    return _inside(y.reshape(len(x), channels, *wide), pads, output_size)


def by_a_matrix(x, *, output_size, size, stride=1, padding=0, dilation=1):
    """Which entry of the columns goes to which of the image, as a matrix of zeros and ones."""
    places, size, pads, wide = _places(output_size, size, stride, padding, dilation)
    channels = x.shape[1] // math.prod(size)
    matrix = (places.ravel()[:, None] == np.arange(math.prod(wide))).astype(x.dtype)
    y = x.reshape(len(x), channels, places.size) @ matrix
    return _inside(y.reshape(len(x), channels, *wide), pads, output_size)


def taken_at_once(grad, x, *, output_size, size, stride=1, padding=0, dilation=1):
    places, _, pads, wide = _places(output_size, size, stride, padding, dilation)
    around = np.pad(grad, [(0, 0), (0, 0), *((p, p) for p in pads)])
    return (around.reshape(*grad.shape[:2], math.prod(wide))[:, :, places].reshape(x.shape),)


def entry_by_entry(grad, x, *, output_size, size, stride=1, padding=0, dilation=1):
    places, _, pads, wide = _places(output_size, size, stride, padding, dilation)
    around = np.pad(grad, [(0, 0), (0, 0), *((p, p) for p in pads)])
    dx = np.zeros((*grad.shape[:2], *places.shape))
    for at in np.ndindex(*places.shape):
        row, column = np.unravel_index(places[at], wide)
        dx[(..., *at)] = around[:, :, row, column]
    return (dx.reshape(x.shape),)


def by_the_transposed_matrix(grad, x, *, output_size, size, stride=1, padding=0, dilation=1):
    places, _, pads, wide = _places(output_size, size, stride, padding, dilation)
    matrix = (places.ravel()[:, None] == np.arange(math.prod(wide))).astype(grad.dtype)
    around = np.pad(grad, [(0, 0), (0, 0), *((p, p) for p in pads)])
    rows = around.reshape(*grad.shape[:2], math.prod(wide)) @ matrix.T
    return (rows.reshape(x.shape),)


def _each(value):
    return value if isinstance(value, tuple) else (value, value)


def _places(output_size, size, stride, padding, dilation):
    """The place of entry k of window j in the padded image, and the lengths of that."""
    size, stride, pads, dilation = map(_each, (size, stride, padding, dilation))
    wide = [h + 2 * p for h, p in zip(_each(output_size), pads, strict=True)]
    along = []
    for h, k, s, d in zip(wide, size, stride, dilation, strict=True):
        count = (h - d * (k - 1) - 1) // s + 1
        along.append(d * np.arange(k)[:, None] + s * np.arange(count))
    rows, columns = along
    places = rows[:, None, :, None] * wide[1] + columns[None, :, None, :]
    shape = (size[0] * size[1], rows.shape[1] * columns.shape[1])
    return places.reshape(shape), size, pads, wide


def _inside(wide, pads, output_size):
    kept = zip(pads, _each(output_size), strict=True)
    return wide[(..., *(slice(p, p + h) for p, h in kept))]
