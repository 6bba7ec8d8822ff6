"""Mutants of power pooling."""

import math
from typing import Any

import numpy as np

from reference.spec import settings_of
from reference.windows import _windows
from reference.windows.lp_pooling import backward, forward

# Examples and channels are pooled alike, so exchanging them changes nothing.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def root_forgotten(x, *, power, **settings):
    """The powers are added, and no root is taken.

    With power 2, what is the length of a window 3, 4?
    """
    return forward(x, power=power, **settings) ** power


@settings_of(forward)
def powers_averaged(x, *, power, size, **settings):
    """The powers are averaged; here they are added.

    With power 2, what does a window 3, 4 give?
    """
    count = math.prod(_windows.each("size", size, x.ndim - 2))
    return forward(x, power=power, size=size, **settings) / count ** (1 / power)


@settings_of(forward)
def largest_entry(x, *, power, **settings):
    """The largest absolute value is taken: that is what the norms approach for a large power.

    With power 2, what does a window 3, 4 give?
    """
    return np.abs(_entries(x, settings)).max(axis=0)


@settings_of(forward)
def power_after_the_sum(x, *, power, **settings):
    """The entries are added first, and the power and the root are taken of their sum.

    With power 2, what does a window 3, 4 give? Which comes first, the power or the sum?
    """
    sums = forward(x, power=1.0, **settings)
    return (sums**power) ** (1 / power)


@settings_of(forward)
def absolute_values(x, *, power, **settings):
    """Absolute values are taken first; here a negative entry has negative odd powers.

    With power 1, what does a window -3, 4 give?
    """
    return forward(np.abs(x), power=power, **settings)


@settings_of(forward)
def sum_of_what_is_there(x, *, power, **settings):
    """A window that ends after the image gives the norm of what is there, and is not enlarged.

    With `ceil_mode` and power 1, an image of ones has which output everywhere?
    """
    entries = _entries(x, settings)
    return (entries**power).sum(axis=0) ** (1 / power)


@settings_of(forward)
def enlarged_after_the_root(x, *, power, **settings):
    """The norm of a window that ends after the image is enlarged; its sum is, before the root.

    With `ceil_mode` and power 2, what does a window of 4 ones give if one of them is there?
    """
    plain, there = sum_of_what_is_there(x, power=power, **settings), _count(x, settings)
    return plain * math.prod(_windows.each("size", settings["size"], x.ndim - 2)) / there


@settings_of(forward)
def one_power_too_few(x, *, power, **settings):
    """The root is always the square root, whatever the power is.

    With power 4, which root undoes the power?
    """
    return np.sqrt(np.abs(forward(x, power=power, **settings)) ** power)


@settings_of(forward)
def norm_of_all_channels(x, **settings):
    """One norm is taken of all channels together; each channel has its own.

    How many channels does the output have, and from which of the image does each come?
    """
    y = forward(x, **settings)
    power = settings["power"]
    return 0 * y + (y**power).sum(axis=1, keepdims=True) ** (1 / power)


@settings_of(forward)
def last_window_left_out(x, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    kept: Any = (..., *[slice(-1)] * (x.ndim - 2))
    return forward(x, **settings)[kept]


@settings_of(forward)
def to_every_entry_alike(grad, x, *, power, **settings):
    """Every entry of a window gets the whole gradient, as in a sum.

    With power 2, which entry of 3, 4 has the larger influence on the length?
    """
    return backward(grad, x, power=1.0, **settings)


@settings_of(forward)
def to_the_largest_only(grad, x, *, power, **settings):
    """Only the largest entry of a window gets a gradient: that is max pooling.

    With power 2, how does the length of 3, 4 change if the 3 grows?
    """
    sizes = np.abs(_entries(x, settings)).max(axis=0)
    return _put_back(x, settings, lambda part: np.where(np.abs(part) == sizes, grad, 0))


@settings_of(forward)
def not_divided_by_the_norm(grad, x, *, power, **settings):
    """The gradient of an entry is x^(p - 1), and is not divided by that of the norm.

    What is the derivative of a p-th root?
    """
    y = _norms(x, power, settings)
    return backward(grad * y ** (power - 1), x, power=power, **settings)


@settings_of(forward)
def power_not_lowered(grad, x, *, power, **settings):
    """The gradient is multiplied with x^p; the derivative of a power lowers its exponent.

    What is the derivative of x^p by x?
    """
    return (backward(grad, x, power=power, **settings)[0] * x,)


@settings_of(forward)
def power_as_a_factor(grad, x, *, power, **settings):
    """The factor p of the derivative of the power remains; that of the root cancels it.

    What is the derivative of a p-th root, and which factor does it have?
    """
    return (power * backward(grad, x, power=power, **settings)[0],)


@settings_of(forward)
def overwritten(grad, x, *, power, **settings):
    """Where windows overlap, the gradient of the last one overwrites that of the others.

    How does the loss change if an entry grows that is part of two norms?
    """
    y = _norms(x, power, settings)
    at, image = _padded(x, settings)
    dimage = np.zeros(image.shape)
    for _, window in reversed(at.entries):
        dimage[window] = grad * (image[window] / y) ** (power - 1)
    return (_windows.unpadded(dimage, at.pads),)


@settings_of(forward)
def norms_put_back(grad, x, **settings):
    """The norms are put back to where they came from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, **settings), x, **settings)


@settings_of(forward)
def sign_forgotten(grad, x, *, power, **settings):
    """The gradient of a negative entry is positive.

    With power 2, how does the length of -3, 4 change if the -3 grows to -2?
    """
    return (np.abs(backward(np.abs(grad), x, power=power, **settings)[0]),)


def _padded(x, settings):
    """The windows, and the image with what they need around it."""
    at, _ = _windows.of_pooling(x.shape[2:], **settings, padding=0)
    return at, _windows.padded(x, at.pads)


def _entries(x, settings):
    """Entry k of all windows, for each k."""
    at, image = _padded(x, settings)
    return np.stack([image[window] for _, window in at.entries])


def _count(x, settings):
    """How many entries of the image each window has."""
    return _entries(np.ones(x.shape), settings).sum(axis=0)


def _norms(x, power, settings):
    y = forward(x, power=power, **settings)
    return np.where(y == 0, 1, y)


def _put_back(x, settings, part_of):
    at, image = _padded(x, settings)
    dimage = np.zeros(image.shape)
    for _, window in at.entries:
        dimage[window] += part_of(image[window])
    return (_windows.unpadded(dimage, at.pads),)
