"""Right ways to compute adaptive max pooling and its gradient."""

import math
from typing import Any

import numpy as np

from checker.library.variants.windows import _regions


def region_by_region(x, *, size):
    spans = _regions.spans(x, size)
    places = np.arange(math.prod(x.shape[2:])).reshape(x.shape[2:])
    values = np.zeros((*x.shape[:2], *map(len, spans)), dtype=x.dtype)
    indices = np.zeros(values.shape, dtype=np.int64)
    for place in np.ndindex(values.shape[2:]):
        region: Any = tuple(slice(*along[p]) for along, p in zip(spans, place, strict=True))
        flat = x[(..., *region)].reshape(*x.shape[:2], places[region].size)
        values[(..., *place)] = flat.max(axis=2)
        indices[(..., *place)] = places[region].ravel()[flat.argmax(axis=2)]
    return values, indices


def one_axis_after_the_other(x, *, size):
    """The last axis first, so that of equal entries the first one of the first row remains."""
    indices = np.broadcast_to(np.arange(math.prod(x.shape[2:])).reshape(x.shape[2:]), x.shape)
    for axis, along in reversed(list(enumerate(_regions.spans(x, size), start=2))):
        rows, numbers = np.moveaxis(x, axis, 0), np.moveaxis(indices, axis, 0)
        best = [(rows[a:b], numbers[a:b], rows[a:b].argmax(axis=0)[None]) for a, b in along]
        values = [np.take_along_axis(part, at, axis=0)[0] for part, _, at in best]
        places = [np.take_along_axis(part, at, axis=0)[0] for _, part, at in best]
        x, indices = np.moveaxis(np.array(values), 0, axis), np.moveaxis(np.array(places), 0, axis)
    return x, indices


def masked(x, *, size):
    """Everything outside a region counts as -inf."""
    masks = _masks(x, size)
    flat = x.reshape(*x.shape[:2], 1, math.prod(x.shape[2:]))
    rows = np.where(masks, flat, -np.inf)
    shape = (*x.shape[:2], *map(len, _regions.spans(x, size)))
    return rows.max(axis=3).reshape(shape), rows.argmax(axis=3).reshape(shape)


def added_at_the_indices(grad, x, *, size):
    _, indices = region_by_region(x, size=size)
    dx = np.zeros(x.shape)
    for at in np.ndindex(indices.shape):
        dx[(*at[:2], *np.unravel_index(indices[at], x.shape[2:]))] += grad[at]
    return (dx,)


def shared_among_equals(grad, x, *, size):
    """Each of several largest entries gets the same part."""
    rows = np.where(_masks(x, size), x.reshape(*x.shape[:2], 1, math.prod(x.shape[2:])), -np.inf)
    equal = rows == rows.max(axis=3, keepdims=True)
    parts = grad.reshape(*rows.shape[:3], 1) * equal / equal.sum(axis=3, keepdims=True)
    return (parts.sum(axis=2).reshape(x.shape),)


def last_of_equals(grad, x, *, size):
    """The other side of a kink."""
    rows = np.where(_masks(x, size), x.reshape(*x.shape[:2], 1, math.prod(x.shape[2:])), -np.inf)
    last = rows.shape[3] - 1 - rows[..., ::-1].argmax(axis=3)
    chosen = last[..., None] == np.arange(rows.shape[3])
    return ((grad.reshape(*last.shape, 1) * chosen).sum(axis=2).reshape(x.shape),)


def _masks(x, size):
    """For each region, which entries of the image it has, one region after the other."""
    masks = np.ones((1, 1), dtype=int)
    for n, along in zip(x.shape[2:], _regions.spans(x, size), strict=True):
        at = np.arange(n)
        masks = np.kron(masks, np.array([(at >= a) & (at < b) for a, b in along]).astype(int))
    return masks.astype(bool)
