"""Mutants of adaptive max pooling."""

import math
from typing import Any

import numpy as np

from reference.windows import _regions, _windows
from reference.windows._largest import NOWHERE
from reference.windows.adaptive_max_pooling import _regions_of, backward, forward

# Examples and channels are pooled alike, so exchanging them changes nothing.
NOT_APPLICABLE = ("another_axis",)


def smallest(x, *, size):
    """The smallest entry of each region is taken.

    Which entry of the region 1, 5 should remain?
    """
    values, indices = forward(-x, size=size)
    return -values, indices


def farthest_from_zero(x, *, size):
    """The entry that is farthest from 0 is taken.

    Which of -3 and 2 is larger?
    """
    _, indices = forward(np.abs(x), size=size)
    return _at(x, indices), indices


def last_of_equals(x, *, size):
    """Of equal entries the last is taken; here the first is.

    Do you compare with > or with >=, and in which order do you search?
    """
    turned: Any = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    values, indices = forward(x[turned], size=size)
    return values[turned], math.prod(x.shape[2:]) - 1 - indices[turned]


def averaged(x, *, size):
    """The entries of each region are averaged.

    Which entry of the region 1, 5 should remain?
    """
    image, places, at = _regions_of(x, size)
    inside = [places[region] != NOWHERE for _, region in at.entries]
    total: Any = sum(np.where(i, image[r], 0) for i, (_, r) in zip(inside, at.entries, strict=True))
    return total / sum(i.astype(int) for i in inside), forward(x, size=size)[1]


def ends_rounded_down(x, *, size):
    """Both ends of a region are rounded down, so that neighbours share no entry.

    Where does the first of two regions end in an image of length 3? Its end is rounded up.
    """
    return _other_regions(x, size, lambda p, n, k: (p * n // k, (p + 1) * n // k))


def beginnings_rounded_up(x, *, size):
    """Both ends of a region are rounded up, so that neighbours share no entry.

    Where does the second of two regions begin in an image of length 3? It is rounded down.
    """
    return _other_regions(x, size, lambda p, n, k: (-(-p * n // k), -(-(p + 1) * n // k)))


def equal_windows(x, *, size):
    """All regions have the same length, and entries that are left over at the end are not used.

    Which entries of an image of length 5 does the last of two regions have?
    """
    return _other_regions(x, size, lambda p, n, k: (p * max(n // k, 1), (p + 1) * max(n // k, 1)))


def counted_in_the_region(x, *, size):
    """The indices count the entries of the region; they should count those of the image.

    Where in the image is the entry that you took?
    """
    values, indices = forward(x, size=size)
    at = np.unravel_index(indices, x.shape[2:])
    number: Any = 0
    regions = _regions.over(x.shape[2:], size)
    for axis, (along, spans) in enumerate(zip(at, regions, strict=True)):
        shape = [1] * x.ndim
        shape[axis + 2] = len(spans)
        first, end = (np.reshape(column, shape) for column in zip(*spans, strict=True))
        number = number * (end - first) + along - first
    return values, number


def counted_through_all_channels(x, *, size):
    """The indices count through all examples and channels; here each channel begins with 0.

    Which index has the first entry of the second channel?
    """
    values, indices = forward(x, size=size)
    return values, indices + _before(x)


def counted_from_one(x, *, size):
    """The indices are counted from 1.

    What is the index of the first entry?
    """
    values, indices = forward(x, size=size)
    return values, indices + 1


def to_every_entry(grad, x, *, size):
    """Every entry of a region gets its gradient; only the largest has an influence.

    How does the output change if an entry grows that is not the largest?
    """
    image, places, at = _regions_of(x, size)
    dimage = np.zeros(image.shape)
    for _, region in at.entries:
        np.add.at(dimage, region, np.where(places[region] == NOWHERE, 0, grad))
    return (_windows.unpadded(dimage, at.pads),)


def to_the_smallest(grad, x, *, size):
    """The smallest entry of a region gets the gradient.

    Which entry was taken on the way forwards?
    """
    return backward(grad, -x, size=size)


def to_the_first_entry(grad, x, *, size):
    """The first entry of each region gets the gradient, whichever is the largest.

    Which entry was taken on the way forwards?
    """
    return backward(grad, 0 * x, size=size)


def overwritten(grad, x, *, size):
    """An entry that several regions took gets the gradient of the last of them only.

    How does the loss change if an entry grows that is the largest of two regions?
    """
    _, indices = forward(x, size=size)
    dx = np.zeros((*x.shape[:2], math.prod(x.shape[2:])))
    rows = indices.reshape(*x.shape[:2], math.prod(indices.shape[2:]))
    np.put_along_axis(dx, rows, grad.reshape(rows.shape), axis=2)
    return (dx.reshape(x.shape),)


def times_the_value(grad, x, *, size):
    """The gradient is multiplied by the largest entry.

    How much does the output grow if the largest entry grows by 1?
    """
    return backward(grad * forward(x, size=size)[0], x, size=size)


def values_put_back(grad, x, *, size):
    """The values are put back to where they were taken from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, size=size)[0], x, size=size)


def _at(x, indices):
    rows = indices.reshape(*x.shape[:2], math.prod(indices.shape[2:]))
    flat = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    return np.take_along_axis(flat, rows, axis=2).reshape(indices.shape)


def _before(x):
    """How many entries come before each channel of each example."""
    before = np.arange(math.prod(x.shape[:2])) * math.prod(x.shape[2:])
    return before.reshape(*x.shape[:2], *[1] * (x.ndim - 2))


def _other_regions(x, size, span):
    """Max pooling over other regions: region p of k along an axis of length n is span(p, n, k)."""
    counts = [len(spans) for spans in _regions.over(x.shape[2:], size)]
    lengths = x.shape[2:]
    spans = [[span(p, n, k) for p in range(k)] for n, k in zip(lengths, counts, strict=True)]
    places = np.arange(math.prod(lengths)).reshape(lengths)
    values, indices = np.zeros((*x.shape[:2], *counts)), np.zeros((*x.shape[:2], *counts), int)
    for place in np.ndindex(*counts):
        region: Any = (..., *(slice(*along[p]) for along, p in zip(spans, place, strict=True)))
        part, where = x[region], places[region].ravel()
        if not part.size:
            raise ValueError("zero-size array to reduction operation maximum")
        flat = part.reshape(*x.shape[:2], -1)
        values[(..., *place)] = flat.max(axis=2)
        indices[(..., *place)] = where[flat.argmax(axis=2)]
    return values, indices
