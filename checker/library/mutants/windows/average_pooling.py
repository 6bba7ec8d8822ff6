"""Mutants of average pooling."""

import math
from typing import Any

import numpy as np

from checker.library.marks import convention
from reference.spec import settings_of
from reference.windows import _windows
from reference.windows.average_pooling import _counted, backward, forward

# Examples and channels are pooled alike, so exchanging them changes nothing.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def largest(x, **settings):
    """The largest entry of each window is taken: that is max pooling.

    What is the mean of the window 1, 5?
    """
    return np.max(_entries(x, settings), axis=0)


@settings_of(forward)
def not_divided(x, **settings):
    """The entries of each window are added and not divided by their number.

    What is the mean of the window 1, 5?
    """
    return np.sum(_entries(x, settings), axis=0)


@settings_of(forward)
def divided_by_one_length(x, **settings):
    """The sum is divided by the size along one axis; a window has as many entries as their product.

    How many entries has a window of 2 by 3?
    """
    sums = np.sum(_entries(x, settings), axis=0)
    return sums / _windows.each("size", settings["size"], x.ndim - 2)[0]


@settings_of(forward)
def median(x, **settings):
    """The middle entry of each window is taken; here it is the mean.

    What is the mean of the window 1, 1, 7?
    """
    return np.median(_entries(x, settings), axis=0)


@settings_of(forward)
def mean_of_all_channels(x, **settings):
    """The mean is taken over all channels together; each channel has its own.

    How many channels does the output have, and from which of the image does each come?
    """
    y = forward(x, **settings)
    return 0 * y + y.mean(axis=1, keepdims=True)


@settings_of(forward)
def last_window_left_out(x, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    kept: Any = (..., *[slice(-1)] * (x.ndim - 2))
    return forward(x, **settings)[kept]


@settings_of(forward)
def whole_windows_counted(x, *, divisor, **settings):
    """Every window is divided by its full size, although the last may end after the padding.

    With `ceil_mode`, how many entries has a window of length 3 that begins at the last but one?
    """
    size = _windows.each("size", settings["size"], x.ndim - 2)
    return forward(x, divisor=divisor or math.prod(size), **settings)


@settings_of(forward)
def divided_twice(x, *, divisor, **settings):
    """The mean is divided by the divisor; the divisor takes the place of the number of entries.

    What should a window 1, 5 give with a divisor of 1?
    """
    return forward(x, divisor=None, **settings) / (divisor or 1)


@convention
@settings_of(forward)
def padding_not_counted(x, *, count_padding, **settings):
    """The zeros of the padding are not counted, as in Keras; here they are.

    How many entries has the first window, with the padding?
    """
    return forward(x, count_padding=not count_padding, **settings)


@convention
@settings_of(forward)
def gradient_of_uncounted_padding(grad, x, *, count_padding, **settings):
    """The zeros of the padding are not counted in the divisors, as in Keras; here they are.

    How many entries has the first window, with the padding?
    """
    return backward(grad, x, count_padding=not count_padding, **settings)


@settings_of(forward)
def gradient_not_divided(grad, x, **settings):
    """Every entry of a window gets the whole gradient; each has a part of the influence only.

    How much does the mean of four entries grow if one of them grows by 1?
    """
    return backward(grad, x, **{**settings, "divisor": 1})


@settings_of(forward)
def to_the_largest(grad, x, **settings):
    """Only the largest entry of each window gets a gradient: that is max pooling.

    How does the mean change if an entry grows that is not the largest?
    """
    return _put_back(grad, x, settings, lambda part, best: part == best)


@settings_of(forward)
def to_the_first_entry(grad, x, **settings):
    """Only the first entry of each window gets its gradient.

    How does the mean change if the last entry of a window grows?
    """
    at, counts = _counted(x, **settings)
    dimage = _windows.padded(np.zeros(x.shape), at.pads)
    dimage[at.entries[0][1]] += grad / counts
    return (_windows.unpadded(dimage, at.pads),)


@settings_of(forward)
def overwritten(grad, x, **settings):
    """Where windows overlap, the gradient of the last one overwrites that of the others.

    How does the loss change if an entry grows that is part of two means?
    """
    at, counts = _counted(x, **settings)
    dimage = _windows.padded(np.zeros(x.shape), at.pads)
    for _, window in reversed(at.entries):
        dimage[window] = grad / counts
    return (_windows.unpadded(dimage, at.pads),)


@settings_of(forward)
def times_the_entries(grad, x, **settings):
    """The gradient is multiplied by the entries of the image.

    How much does the mean grow if an entry grows by 1? Does this depend on the entry?
    """
    return (backward(grad, x, **settings)[0] * x,)


@settings_of(forward)
def means_put_back(grad, x, **settings):
    """The means are put back to where they came from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, **settings), x, **settings)


def _entries(x: Any, settings: Any) -> Any:
    """Entry k of all windows, for each k."""
    at, _ = _counted(x, **settings)
    image = _windows.padded(x, at.pads)
    return np.stack([image[window] for _, window in at.entries])


def _put_back(grad, x, settings, chosen):
    at, _ = _counted(x, **settings)
    image = _windows.padded(x, at.pads)
    best = np.max(_entries(x, settings), axis=0)
    dimage = np.zeros(image.shape)
    for _, window in at.entries:
        dimage[window] += grad * chosen(image[window], best)
    return (_windows.unpadded(dimage, at.pads),)
