"""Mutants of max unpooling."""

import math

import numpy as np

from reference.spec import settings_of
from reference.windows import _windows, average_pooling
from reference.windows.max_unpooling import backward, forward, output_lengths

# Another layout of x would have its indices point elsewhere.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def counted_through_all_channels(x, indices, **settings):
    """The indices are taken to count through all examples and channels; each channel begins with 0.

    Which index has the first entry of the second channel?
    """
    y = np.zeros((*x.shape[:2], *output_lengths(x, **settings)))
    y.reshape(-1)[indices.ravel()] = x.ravel()
    return y


@settings_of(forward)
def counted_in_the_window(x, indices, *, size, stride, padding, output_padding):
    """The indices are taken to count the entries of each window; they count those of the output.

    Where does an index of 0 point to that belongs to the second window?
    """
    lengths = output_lengths(
        x, size=size, stride=stride, padding=padding, output_padding=output_padding
    )
    sizes = _windows.each("size", size, x.ndim - 2)
    steps = sizes if stride is None else _windows.each("stride", stride, x.ndim - 2)
    inside = np.unravel_index(indices % math.prod(sizes), sizes)
    places = [
        np.clip(np.indices(x.shape)[axis + 2] * steps[axis] + k, 0, lengths[axis] - 1)
        for axis, k in enumerate(inside)
    ]
    return _put(x, np.ravel_multi_index(places, lengths), lengths)


@settings_of(forward)
def column_by_column(x, indices, **settings):
    """The indices are taken to count column by column; they count row by row.

    In an output of 2 by 3, where is entry 1?
    """
    lengths = output_lengths(x, **settings)
    places = np.unravel_index(indices, lengths[::-1])[::-1]
    return _put(x, np.ravel_multi_index(places, lengths), lengths)


@settings_of(forward)
def counted_from_one(x, indices, **settings):
    """The indices are taken to be counted from 1.

    What is the index of the first entry?
    """
    lengths = output_lengths(x, **settings)
    return _put(x, (indices - 1) % math.prod(lengths), lengths)


@settings_of(forward)
def to_the_corner_of_each_window(x, indices, *, size, stride, padding, output_padding):
    """Each value goes to the first entry of its window, and the indices are not used.

    Where was the largest entry of the window?
    """
    lengths = output_lengths(
        x, size=size, stride=stride, padding=padding, output_padding=output_padding
    )
    sizes = _windows.each("size", size, x.ndim - 2)
    steps = sizes if stride is None else _windows.each("stride", stride, x.ndim - 2)
    places = [
        np.clip(np.indices(x.shape)[axis + 2] * step, 0, lengths[axis] - 1)
        for axis, step in enumerate(steps)
    ]
    return _put(x, np.ravel_multi_index(places, lengths), lengths)


@settings_of(forward)
def spread_over_the_window(x, indices, *, size, stride, padding, output_padding):
    """Each value fills its whole window; all entries but the largest are 0.

    What does the output have where the indices do not point?
    """
    lengths = output_lengths(
        x, size=size, stride=stride, padding=padding, output_padding=output_padding
    )
    sizes = _windows.each("size", size, x.ndim - 2)
    steps = sizes if stride is None else _windows.each("stride", stride, x.ndim - 2)
    y = x
    for axis, (length, step) in enumerate(zip(lengths, steps, strict=True), start=2):
        at = np.minimum(np.arange(length) // step, x.shape[axis] - 1)
        y = np.take(y, at, axis=axis)
    return y


@settings_of(forward)
def padding_not_subtracted(x, indices, *, padding, **settings):
    """The output is longer by the padding, which was no part of the image that was pooled.

    How long was an image of which a size of 2 with a padding of 1 made 3 windows?
    """
    if not np.any(_windows.each("padding", padding, x.ndim - 2, 0)):
        return forward(x, indices, padding=0, **settings)
    lengths = output_lengths(x, padding=padding, **settings)
    places = np.unravel_index(indices, lengths)
    longer = output_lengths(x, padding=0, **settings)
    return _put(x, np.ravel_multi_index(places, longer), longer)


@settings_of(forward)
def stride_is_the_size(x, indices, *, stride, **settings):
    """The length of the output is computed with the size as the stride.

    How far apart do two windows begin?
    """
    lengths = output_lengths(x, stride=None, **settings)
    return _put(x, indices % math.prod(lengths), lengths)


@settings_of(forward)
def output_padding_ignored(x, indices, *, output_padding, **settings):
    """The output padding is not added to the length of the output.

    Of which two lengths does a size of 2 make 3 windows?
    """
    lengths = output_lengths(x, output_padding=0, **settings)
    return _put(x, indices % math.prod(lengths), lengths)


@settings_of(forward)
def in_the_order_of_the_values(x, indices, **settings):
    """The values are put in the order of their indices, and not each where its own index points.

    Which value belongs to the first index?
    """
    rows = np.sort(indices.reshape(*x.shape[:2], math.prod(x.shape[2:])), axis=2)
    return _put(x, rows.reshape(x.shape), output_lengths(x, **settings))


@settings_of(forward)
def gradient_of_the_first_entries(grad, x, indices, **settings):
    """The gradient is cut to the shape of the values, and the indices are not used.

    Which entry of the output has the first value?
    """
    rows = grad.reshape(*x.shape[:2], math.prod(grad.shape[2:]))
    return (rows[:, :, : math.prod(x.shape[2:])].reshape(x.shape),)


@settings_of(forward)
def gradient_summed_over_the_window(grad, x, indices, *, output_padding, **settings):
    """A value gets the sum of the gradients of its window; it is in one entry of it only.

    Which entries of the output change if the value grows?
    """
    return (average_pooling.forward(grad, **settings, divisor=1),)


@settings_of(forward)
def gradient_counted_through_all_channels(grad, x, indices, **settings):
    """The indices of the gradient are taken to count through all examples and channels.

    Where does an index point to that begins with 0 in each channel?
    """
    return (grad.ravel()[indices],)


@settings_of(forward)
def gradient_counted_from_one(grad, x, indices, **settings):
    """The indices of the gradient are taken to be counted from 1.

    What is the index of the first entry?
    """
    count = math.prod(grad.shape[2:])
    return (_taken(grad, (indices - 1) % count),)


@settings_of(forward)
def gradient_column_by_column(grad, x, indices, **settings):
    """The indices of the gradient are taken to count column by column; they count row by row.

    In an output of 2 by 3, where is entry 1?
    """
    places = np.unravel_index(indices, grad.shape[2:][::-1])[::-1]
    return (_taken(grad, np.ravel_multi_index(places, grad.shape[2:])),)


@settings_of(forward)
def times_the_value(grad, x, indices, **settings):
    """The gradient is multiplied by the value.

    How much does the output grow if the value grows by 1?
    """
    return (backward(grad, x, indices, **settings)[0] * x,)


@settings_of(forward)
def only_positive_values(grad, x, indices, **settings):
    """Only values above 0 get a gradient, as in a relu.

    How does the output change if a negative value grows?
    """
    return (backward(grad, x, indices, **settings)[0] * (x > 0),)


@settings_of(forward)
def divided_by_the_size(grad, x, indices, **settings):
    """The gradient is divided by the number of entries of a window; the value has one whole entry.

    How much does the output grow if the value grows by 1?
    """
    count = math.prod(_windows.each("size", settings["size"], x.ndim - 2))
    return (backward(grad, x, indices, **settings)[0] / count,)


@settings_of(forward)
def values_pooled_back(grad, x, indices, **settings):
    """The values themselves are returned, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, indices, **settings), x, indices, **settings)


def _put(x, indices, lengths):
    """The values at these indices of an output of zeros."""
    rows = np.zeros((*x.shape[:2], math.prod(lengths)))
    at = indices.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    np.put_along_axis(rows, at, x.reshape(at.shape), axis=2)
    return rows.reshape(*x.shape[:2], *lengths)


def _taken(grad, indices):
    rows = grad.reshape(*grad.shape[:2], math.prod(grad.shape[2:]))
    at = indices.reshape(*indices.shape[:2], math.prod(indices.shape[2:]))
    return np.take_along_axis(rows, at, axis=2).reshape(indices.shape)
