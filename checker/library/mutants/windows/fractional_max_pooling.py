"""Mutants of fractional max pooling."""

import math

import numpy as np

from checker.library.marks import convention
from reference.spec import settings_of
from reference.windows import _windows
from reference.windows._largest import largest
from reference.windows.fractional_max_pooling import (
    backward,
    beginning_at,
    beginnings,
    forward,
)

# The samples are one number for each channel, which exchanging the axes of x alone mixes up.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def smallest(x, samples, **settings):
    """The smallest entry of each window is taken.

    Which entry of the window 1, 5 should remain?
    """
    values, indices = forward(-x, samples, **settings)
    return -values, indices


@settings_of(forward)
def farthest_from_zero(x, samples, **settings):
    """The entry that is farthest from 0 is taken.

    Which of -3 and 2 is larger?
    """
    _, indices = forward(np.abs(x), samples, **settings)
    return _at(x, indices), indices


@settings_of(forward)
def regular_windows(x, samples, **settings):
    """The random numbers are not used, so the windows are the same each time.

    Where does the second of 3 windows of length 2 begin in an image of length 7, if u is 0.9?
    """
    return forward(x, 0 * samples, **settings)


@settings_of(forward)
def one_number_for_all_channels(x, samples, **settings):
    """The windows of the first channel are used for all channels; each has its own number.

    How many random numbers do you get for an image with 3 channels?
    """
    return forward(x, samples[:, :1] + 0 * samples, **settings)


@settings_of(forward)
def one_number_for_all_axes(x, samples, **settings):
    """The number of the first axis is used for all axes; each has its own.

    How many random numbers do you get for one channel of an image with 2 axes?
    """
    return forward(x, samples[..., :1] + 0 * samples, **settings)


@convention
@settings_of(forward)
def numbers_of_the_axes_turned(x, samples, **settings):
    """The first random number is for the last axis, as in PyTorch for images with two axes.

    Which of the two numbers belongs to the first axis?
    """
    return forward(x, samples[..., ::-1], **settings)


@settings_of(forward)
def not_from_the_beginning(x, samples, **settings):
    """The first window does not begin at the first entry: floor(u a) is not subtracted.

    Where does the first window begin, whatever u is?
    """
    return _pooled(x, samples, settings, lambda j, u, a: np.floor((j + u) * a))


@settings_of(forward)
def rounded_to_the_nearest(x, samples, **settings):
    """The beginnings are rounded to the nearest whole number; they are rounded down.

    What is floor(1.7)?
    """
    return _pooled(x, samples, settings, lambda j, u, a: np.round((j + u) * a) - np.round(u * a))


@settings_of(forward)
def equal_distances(x, samples, **settings):
    """All windows but the last are equally far apart, because the distance is rounded first.

    Which distances have neighbours if a is 1.5?
    """
    return _pooled(x, samples, settings, lambda j, u, a: j * np.floor(a))


@settings_of(forward)
def shifted_after_rounding(x, samples, **settings):
    """The random number is added to the beginnings as a part of an entry, not before they scale.

    Where does u enter the formula, before or after the product with a?
    """
    return _pooled(x, samples, settings, lambda j, u, a: np.floor(j * a + u))


@settings_of(forward)
def counted_from_one(x, samples, **settings):
    """The indices are counted from 1.

    What is the index of the first entry?
    """
    values, indices = forward(x, samples, **settings)
    return values, indices + 1


@settings_of(forward)
def counted_through_all_channels(x, samples, **settings):
    """The indices count through all examples and channels; here each channel begins with 0.

    Which index has the first entry of the second channel?
    """
    values, indices = forward(x, samples, **settings)
    before = np.arange(math.prod(x.shape[:2])) * math.prod(x.shape[2:])
    return values, indices + before.reshape(*x.shape[:2], *[1] * (x.ndim - 2))


@settings_of(forward)
def ratio_rounded_up(x, samples, *, size, output_size, ratio):
    """The number of windows is rounded up; floor(ratio h) is meant.

    How many windows has an axis of length 5 with a ratio of 0.5?
    """
    if ratio is None:
        return forward(x, samples, size=size, output_size=output_size)
    counts = tuple(math.ceil(ratio * h) for h in x.shape[2:])
    return forward(x, samples, size=size, output_size=counts)


@settings_of(forward)
def to_every_entry(grad, x, samples, **settings):
    """Every entry of a window gets its gradient; only the largest has an influence.

    How does the output change if an entry grows that is not the largest?
    """
    _, _, at = beginning_at(x, beginnings(x, samples, **settings), settings["size"])
    dx = np.zeros(x.shape)
    for _, window in at.entries:
        dx[window] += grad
    return (dx,)


@settings_of(forward)
def to_the_smallest(grad, x, samples, **settings):
    """The smallest entry of a window gets the gradient.

    Which entry was taken on the way forwards?
    """
    return backward(grad, -x, samples, **settings)


@settings_of(forward)
def to_the_first_entry(grad, x, samples, **settings):
    """The first entry of each window gets the gradient, whichever is the largest.

    Which entry was taken on the way forwards?
    """
    return backward(grad, 0 * x, samples, **settings)


@settings_of(forward)
def overwritten(grad, x, samples, **settings):
    """An entry that several windows took gets the gradient of the last of them only.

    How does the loss change if an entry grows that is the largest of two windows?
    """
    _, indices = forward(x, samples, **settings)
    dx = np.zeros((*x.shape[:2], math.prod(x.shape[2:])))
    rows = indices.reshape(*x.shape[:2], math.prod(indices.shape[2:]))
    np.put_along_axis(dx, rows, grad.reshape(rows.shape), axis=2)
    return (dx.reshape(x.shape),)


@settings_of(forward)
def gradient_of_regular_windows(grad, x, samples, **settings):
    """The gradient goes to regular windows, as if the random numbers were 0.

    Which windows did the forward have?
    """
    return backward(grad, x, 0 * samples, **settings)


@settings_of(forward)
def gradient_with_one_number_for_all_channels(grad, x, samples, **settings):
    """The gradient goes to the windows of the first channel; each channel has its own.

    How many random numbers do you get for an image with 3 channels?
    """
    return backward(grad, x, samples[:, :1] + 0 * samples, **settings)


@convention
@settings_of(forward)
def gradient_with_the_numbers_turned(grad, x, samples, **settings):
    """The first random number is for the last axis, as in PyTorch for images with two axes.

    Which of the two numbers belongs to the first axis?
    """
    return backward(grad, x, samples[..., ::-1], **settings)


@settings_of(forward)
def times_the_value(grad, x, samples, **settings):
    """The gradient is multiplied by the largest entry.

    How much does the output grow if the largest entry grows by 1?
    """
    return backward(grad * forward(x, samples, **settings)[0], x, samples, **settings)


@settings_of(forward)
def values_put_back(grad, x, samples, **settings):
    """The values are put back to where they were taken from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, samples, **settings)[0], x, samples, **settings)


def _at(x, indices):
    rows = indices.reshape(*x.shape[:2], math.prod(indices.shape[2:]))
    flat = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    return np.take_along_axis(flat, rows, axis=2).reshape(indices.shape)


def _pooled(x, samples, settings, begin):
    """The largest entries of windows with other beginnings, begin(j, u, a), kept in the image."""
    starts = beginnings(x, samples, **settings)
    sizes = _windows.each("size", settings["size"], x.ndim - 2)
    others = []
    for axis, (first, k) in enumerate(zip(starts, sizes, strict=True)):
        count, h = first.shape[2], x.shape[axis + 2]
        found = begin(np.arange(count), samples[..., axis, None], (h - k) / max(count - 1, 1))
        found = np.broadcast_to(np.clip(found, 0, h - k), first.shape).astype(int)
        others.append(np.where(np.arange(count) == count - 1, h - k, found))
    return largest(*beginning_at(x, others, settings["size"]))
