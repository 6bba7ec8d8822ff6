"""Right ways to undo max pooling, and the gradient of that."""

import math

import numpy as np


def value_by_value(x, indices, *, size=2, stride=None, padding=0, output_padding=0):
    y = np.zeros((*x.shape[:2], *_lengths(x, size, stride, padding, output_padding)))
    for at in np.ndindex(*x.shape):
        y[(*at[:2], *np.unravel_index(indices[at], y.shape[2:]))] = x[at]
    return y


def all_at_once(x, indices, *, size=2, stride=None, padding=0, output_padding=0):
    """The first entry of each channel is added to its indices."""
    lengths = _lengths(x, size, stride, padding, output_padding)
    y = np.zeros(math.prod(x.shape[:2]) * math.prod(lengths))
    y[(indices + _first(x, math.prod(lengths))).ravel()] = x.ravel()
    return y.reshape(*x.shape[:2], *lengths)


def by_comparing(x, indices, *, size=2, stride=None, padding=0, output_padding=0):
    """Every entry of the output asks which index points at it."""
    lengths = _lengths(x, size, stride, padding, output_padding)
    one_hot = _one_hot(x, indices, math.prod(lengths))
    rows = x.reshape(*x.shape[:2], 1, math.prod(x.shape[2:]))
    return (rows @ one_hot).reshape(*x.shape[:2], *lengths)


def entry_by_entry(grad, x, indices, **_):
    dx = np.zeros(x.shape)
    for at in np.ndindex(*x.shape):
        dx[at] = grad[(*at[:2], *np.unravel_index(indices[at], grad.shape[2:]))]
    return (dx,)


def taken_at_once(grad, x, indices, **_):
    return (np.take(grad, indices + _first(x, math.prod(grad.shape[2:]))),)


def by_the_transposed_comparison(grad, x, indices, **_):
    rows = grad.reshape(*x.shape[:2], math.prod(grad.shape[2:]), 1)
    return ((_one_hot(x, indices, rows.shape[2]) @ rows).reshape(x.shape),)


def _each(value, rank):
    return value if isinstance(value, tuple) else (value,) * rank


def _lengths(x, size, stride, padding, output_padding):
    settings = (size, size if stride is None else stride, padding, output_padding)
    along = zip(x.shape[2:], *(_each(value, x.ndim - 2) for value in settings), strict=True)
    return [s * (h - 1) + k - 2 * pad + more for h, k, s, pad, more in along]


def _first(x, count):
    """The place of the first entry of each channel of each example."""
    first = np.arange(math.prod(x.shape[:2])) * count
    return first.reshape(*x.shape[:2], *[1] * (x.ndim - 2))


def _one_hot(x, indices, count):
    rows = indices.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    return (rows[..., None] == np.arange(count)).astype(float)
