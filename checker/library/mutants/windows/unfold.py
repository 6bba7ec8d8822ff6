"""Mutants of unfold."""

import math
from typing import Any

import numpy as np

from checker.library.marks import convention
from checker.library.mutants.windows._columns import (
    by_axes,
    channels_first,
    channels_last,
    flipped,
    turned,
    turned_back,
)
from reference.spec import settings_of
from reference.windows import _windows
from reference.windows.unfold import backward, forward, image

# Examples and channels are unfolded alike.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def windows_as_rows(x, **settings):
    """Each window is a row; here it is a column.

    What does the second axis of the output count?
    """
    return np.swapaxes(forward(x, **settings), 1, 2)


@convention
@settings_of(forward)
def channels_side_by_side(x, **settings):
    """All channels of an entry come together, as in TensorFlow; here all of a channel do.

    What is the second entry of the first column of an image with two channels?
    """
    return channels_last(forward(x, **settings), _at(x, settings)[0])


@settings_of(forward)
def window_column_by_column(x, **settings):
    """The entries of a window are counted column by column; they are counted row by row.

    Which entry comes second in a window of 2 by 3?
    """
    return turned(forward(x, **settings), *_at(x, settings)[:2], window=True)


@settings_of(forward)
def windows_column_by_column(x, **settings):
    """The windows are counted column by column; they are counted row by row.

    Where does the second window begin?
    """
    return turned(forward(x, **settings), *_at(x, settings)[:2], windows=True)


@settings_of(forward)
def window_turned_round(x, **settings):
    """Each window is turned round, as the kernel of a convolution is in mathematics.

    Which entry of the image is the first of the first column?
    """
    return flipped(forward(x, **settings), _at(x, settings)[0])


@settings_of(forward)
def last_window_left_out(x, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    size, counts, _ = _at(x, settings)
    kept: Any = (..., *[slice(-1)] * len(counts))
    y = by_axes(forward(x, **settings), size, counts)[kept]
    return y.reshape(len(x), x.shape[1] * math.prod(size), math.prod(c - 1 for c in counts))


@settings_of(forward)
def edges_repeated(x, *, padding, **settings):
    """The padding repeats the entries at the edge; it is 0.

    What does the first window have before the first entry of the image?
    """
    pads = [(p, p) for p in _windows.each("padding", padding, x.ndim - 2, 0)]
    return forward(np.pad(x, [(0, 0), (0, 0), *pads], mode="edge"), padding=0, **settings)


@settings_of(forward)
def padded_at_the_end_only(x, *, padding, **settings):
    """All of the padding is added at the end; half of it belongs to the beginning.

    What does the first window have before the first entry of the image?
    """
    pads = [(0, 2 * p) for p in _windows.each("padding", padding, x.ndim - 2, 0)]
    return forward(np.pad(x, [(0, 0), (0, 0), *pads]), padding=0, **settings)


@settings_of(forward)
def side_by_side(x, *, size, stride, **settings):
    """The windows do not overlap: each begins where the one before ends.

    Where does the second window begin with a stride of 1?
    """
    return forward(x, size=size, stride=size, **settings)


@settings_of(forward)
def overwritten(grad, x, **settings):
    """Where windows overlap, the gradient of the last one overwrites that of the others.

    How does the loss change if an entry grows that is in two windows?
    """
    _, _, at = _at(x, settings)
    dimage = _windows.padded(np.zeros(x.shape), at.pads)
    entries = grad.reshape(*x.shape[:2], len(at.entries), *at.counts)
    for number, (_, window) in enumerate(at.entries):
        dimage[window] = entries[:, :, number]
    return (_windows.unpadded(dimage, at.pads),)


@settings_of(forward)
def averaged(grad, x, **settings):
    """The gradients of the windows around an entry are averaged; they are added.

    How does the loss change if an entry grows that is in two windows?
    """
    count = backward(np.ones(grad.shape), x, **settings)[0]
    return (backward(grad, x, **settings)[0] / np.maximum(count, 1),)


@convention
@settings_of(forward)
def gradient_of_channels_side_by_side(grad, x, **settings):
    """All channels of an entry come together, as in TensorFlow; here all of a channel do.

    Which rows of a column belong to the first channel?
    """
    return backward(channels_first(grad, _at(x, settings)[0]), x, **settings)


@settings_of(forward)
def gradient_of_windows_turned_round(grad, x, **settings):
    """The gradient of each window is turned round.

    Which entry of the image is the first of the first column?
    """
    return backward(flipped(grad, _at(x, settings)[0]), x, **settings)


@settings_of(forward)
def gradient_window_column_by_column(grad, x, **settings):
    """The gradients of a window are taken to be counted column by column.

    Which entry comes second in a window of 2 by 3?
    """
    return backward(turned_back(grad, *_at(x, settings)[:2], window=True), x, **settings)


@settings_of(forward)
def gradient_windows_column_by_column(grad, x, **settings):
    """The windows of the gradient are taken to be counted column by column.

    Where does the second window begin?
    """
    return backward(turned_back(grad, *_at(x, settings)[:2], windows=True), x, **settings)


@settings_of(forward)
def only_first_entries(grad, x, **settings):
    """Only the first entry of each window gets a gradient.

    How does the output change if the last entry of a window grows?
    """
    _, _, at = _at(x, settings)
    entries = np.zeros((*x.shape[:2], len(at.entries), math.prod(at.counts)))
    entries[:, :, 0] = grad.reshape(entries.shape)[:, :, 0]
    return (_windows.unpadded(image(entries, x.shape, at), at.pads),)


@settings_of(forward)
def padding_cut_off_at_the_end(grad, x, **settings):
    """The padding of the gradient is cut off at its end only; it is cut off at both ends.

    Which entry of the padded gradient belongs to the first entry of the image?
    """
    _, _, at = _at(x, settings)
    kept: Any = (..., *map(slice, x.shape[2:]))
    return (image(grad, x.shape, at)[kept],)


@settings_of(forward)
def times_the_entries(grad, x, **settings):
    """The gradient is multiplied by the entries of the image.

    How much does the output grow if an entry grows by 1? Does this depend on the entry?
    """
    return (backward(grad, x, **settings)[0] * x,)


@settings_of(forward)
def columns_put_back(grad, x, **settings):
    """The columns are put back to where they came from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, **settings), x, **settings)


def _at(x, settings):
    """The size of the windows, how many there are along each axis, and where."""
    at = _windows.over(x.shape[2:], **settings)
    return _windows.each("size", settings["size"], x.ndim - 2), at.counts, at
