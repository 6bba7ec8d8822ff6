"""Mutants of max pooling."""

import math
from typing import Any

import numpy as np

from reference.spec import settings_of
from reference.windows import _windows
from reference.windows._largest import NOWHERE
from reference.windows.max_pooling import _placed, backward, forward

# Examples and channels are pooled alike, so exchanging them changes nothing.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def smallest(x, **settings):
    """The smallest entry of each window is taken.

    Which entry of the window 1, 5 should remain?
    """
    return _found(x, np.less, settings)[:2]


@settings_of(forward)
def farthest_from_zero(x, **settings):
    """The entry that is farthest from 0 is taken.

    Which of -3 and 2 is larger?
    """
    return _found(x, lambda a, b: np.abs(a) > np.abs(b), settings)[:2]


@settings_of(forward)
def last_of_equals(x, **settings):
    """Of equal entries the last is taken; here the first is.

    Do you compare with > or with >=, and in which order do you search?
    """
    return _found(x, np.greater_equal, settings)[:2]


@settings_of(forward)
def never_below_zero(x, **settings):
    """The search begins with 0, so a window of negative entries gives 0.

    With which number does your search begin, and what if all entries are below it?
    """
    values, indices = forward(x, **settings)
    return np.maximum(values, 0), indices


@settings_of(forward)
def averaged(x, **settings):
    """The entries of each window are averaged.

    Which entry of the window 1, 5 should remain?
    """
    total = sum(np.where(inside, value, 0) for value, _, inside in _parts(x, settings))
    return total / _count(x, settings), forward(x, **settings)[1]


@settings_of(forward)
def largest_of_all_channels(x, **settings):
    """The largest entry is taken of all channels together; each channel has its own.

    How many channels does the output have, and from which of the image does each come?
    """
    values, indices = forward(x, **settings)
    return 0 * values + values.max(axis=1, keepdims=True), indices


@settings_of(forward)
def counted_from_one(x, **settings):
    """The indices are counted from 1.

    What is the index of the first entry?
    """
    values, indices = forward(x, **settings)
    return values, indices + 1


@settings_of(forward)
def counted_in_the_window(x, **settings):
    """The indices count the entries of the window; they should count those of the image.

    Where in the image is the entry that you took?
    """
    values, _, numbers = _found(x, np.greater, settings)
    return values, numbers


@settings_of(forward)
def counted_through_all_channels(x, **settings):
    """The indices count through all examples and channels; here each channel begins with 0.

    Which index has the first entry of the second channel?
    """
    values, indices = forward(x, **settings)
    return values, indices + _before(x)


@settings_of(forward)
def last_window_left_out(x, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    kept: Any = (..., *[slice(-1)] * (x.ndim - 2))
    values, indices = forward(x, **settings)
    return values[kept], indices[kept]


@settings_of(forward)
def to_every_entry(grad, x, **settings):
    """Every entry of a window gets its gradient; only the largest has an influence.

    How does the output change if an entry grows that is not the largest?
    """
    return _to_all(grad, x, settings)


@settings_of(forward)
def shared_by_all(grad, x, **settings):
    """The gradient is divided among the entries of the window: that is average pooling.

    How does the output change if an entry grows that is not the largest?
    """
    return _to_all(grad / _count(x, settings), x, settings)


@settings_of(forward)
def to_the_smallest(grad, x, **settings):
    """The smallest entry of a window gets the gradient.

    Which entry was taken on the way forwards?
    """
    return backward(grad, -x, **settings)


@settings_of(forward)
def to_the_first_entry(grad, x, **settings):
    """The first entry of each window gets the gradient, whichever is the largest.

    Which entry was taken on the way forwards?
    """
    return backward(grad, 0 * x, **settings)


@settings_of(forward)
def times_the_value(grad, x, **settings):
    """The gradient is multiplied by the largest entry.

    How much does the output grow if the largest entry grows by 1?
    """
    return backward(grad * forward(x, **settings)[0], x, **settings)


@settings_of(forward)
def values_put_back(grad, x, **settings):
    """The values are put back to where they were taken from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, **settings)[0], x, **settings)


@settings_of(forward)
def all_into_the_first_channel(grad, x, **settings):
    """The gradients of all examples and channels arrive in the first channel of the first example.

    Where does an index point to that begins with 0 in each channel?
    """
    dx = backward(grad, x, **settings)[0]
    return (np.where(_before(x) == 0, dx.sum(axis=(0, 1)), 0),)


def _parts(x, settings):
    """Each entry of all windows, its place in the image, and whether it is inside."""
    image, places, at = _placed(x, **settings)
    found = [(image[window], places[window]) for _, window in at.entries]
    return [(value, place, place != NOWHERE) for value, place in found]


def _count(x, settings):
    """How many entries of the image each window has."""
    return sum(inside.astype(int) for _, _, inside in _parts(x, settings))


def _found(x, compare, settings):
    """The best entry of each window by a comparison, its place, and its number in the window."""
    best: Any = None
    taken: Any = NOWHERE
    numbers: Any = NOWHERE
    for number, (value, place, inside) in enumerate(_parts(x, settings)):
        best = 0 * value if best is None else best
        better = inside & ((taken == NOWHERE) | compare(value, best))
        best, taken = np.where(better, value, best), np.where(better, place, taken)
        numbers = np.where(better, number, numbers)
    return best, taken, numbers


def _to_all(grad, x, settings):
    """The gradient of each window, added to every entry of it."""
    image, _, at = _placed(x, **settings)
    spread = np.zeros(image.shape, dtype=grad.dtype)
    for _, window in at.entries:
        spread[window] += grad
    return (_windows.unpadded(spread, at.pads),)


def _before(x):
    """How many entries come before each channel of each example."""
    before = np.arange(math.prod(x.shape[:2])) * math.prod(x.shape[2:])
    return before.reshape(*x.shape[:2], *[1] * (x.ndim - 2))
