"""Mutants of fold."""

import math
from typing import Any

import numpy as np

from checker.library.marks import convention
from checker.library.mutants.windows._columns import (
    channels_first,
    channels_last,
    flipped,
    turned,
    turned_back,
)
from reference.spec import settings_of
from reference.windows import _windows, unfold
from reference.windows.fold import backward, forward, placed

# Examples and channels are folded alike.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def overlaps_overwritten(x, **settings):
    """Where windows overlap, the last one overwrites the others; they are added.

    What does an entry of the image have that is in two windows?
    """
    shape, at = placed(x, **settings)
    padded = _windows.padded(np.zeros(shape), at.pads)
    entries = x.reshape(*shape[:2], len(at.entries), *at.counts)
    for number, (_, window) in enumerate(at.entries):
        padded[window] = entries[:, :, number]
    return _windows.unpadded(padded, at.pads)


@settings_of(forward)
def overlaps_averaged(x, **settings):
    """Where windows overlap, their mean is taken; they are added.

    What does an entry of the image have that is in two windows?
    """
    return forward(x, **settings) / np.maximum(forward(np.ones(x.shape), **settings), 1)


@convention
@settings_of(forward)
def channels_side_by_side(x, **settings):
    """All channels of an entry come together, as in TensorFlow; here all of a channel do.

    Where does the second entry of a column go in an image with two channels?
    """
    return forward(channels_first(x, _at(x, settings)[0]), **settings)


@settings_of(forward)
def window_column_by_column(x, **settings):
    """The entries of a column are taken to fill a window column by column, not row by row.

    Where does the second entry of a column go in a window of 2 by 3?
    """
    return forward(turned_back(x, *_at(x, settings), window=True), **settings)


@settings_of(forward)
def windows_column_by_column(x, **settings):
    """The windows are taken to be counted column by column; they are counted row by row.

    Where does the second window begin?
    """
    return forward(turned_back(x, *_at(x, settings), windows=True), **settings)


@settings_of(forward)
def window_turned_round(x, **settings):
    """Each window is turned round.

    Where does the first entry of the first column go?
    """
    return forward(flipped(x, _at(x, settings)[0]), **settings)


@settings_of(forward)
def only_first_entries(x, **settings):
    """Only the first entry of each window is put into the image.

    How many entries of the image does a window of 2 by 2 reach?
    """
    split = x.reshape(len(x), -1, math.prod(_at(x, settings)[0]), x.shape[2])
    first = np.arange(split.shape[2])[:, None] == 0
    return forward((split * first).reshape(x.shape), **settings)


@settings_of(forward)
def padding_cut_off_at_the_end(x, **settings):
    """The padding is cut off at the end of the image only; it is cut off at both ends.

    Which entry of the padded image is the first that remains?
    """
    shape, at = placed(x, **settings)
    kept: Any = (..., *map(slice, shape[2:]))
    return unfold.image(x, shape, at)[kept]


@settings_of(forward)
def gradient_divided_by_the_overlaps(grad, x, **settings):
    """The gradient is divided among the windows around an entry; each window gets all of it.

    How much does an entry of the image grow if one of its two windows grows by 1?
    """
    count = forward(np.ones(x.shape), **settings)
    return backward(grad / np.maximum(count, 1), x, **settings)


@settings_of(forward)
def gradient_times_the_overlaps(grad, x, **settings):
    """The gradient is multiplied by the number of windows around an entry.

    How much does an entry of the image grow if one of its two windows grows by 1?
    """
    return backward(grad * forward(np.ones(x.shape), **settings), x, **settings)


@convention
@settings_of(forward)
def gradient_of_channels_side_by_side(grad, x, **settings):
    """All channels of an entry come together, as in TensorFlow; here all of a channel do.

    Which rows of a column belong to the first channel?
    """
    return (channels_last(backward(grad, x, **settings)[0], _at(x, settings)[0]),)


@settings_of(forward)
def gradient_window_column_by_column(grad, x, **settings):
    """The gradient of a column goes through its window column by column, not row by row.

    Which entry of a window of 2 by 3 has the second entry of a column?
    """
    return (turned(backward(grad, x, **settings)[0], *_at(x, settings), window=True),)


@settings_of(forward)
def gradient_windows_column_by_column(grad, x, **settings):
    """The windows of the gradient are counted column by column; they are counted row by row.

    Where does the second window begin?
    """
    return (turned(backward(grad, x, **settings)[0], *_at(x, settings), windows=True),)


@settings_of(forward)
def gradient_of_windows_turned_round(grad, x, **settings):
    """The gradient of each window is turned round.

    Which entry of the image has the first entry of the first column?
    """
    return (flipped(backward(grad, x, **settings)[0], _at(x, settings)[0]),)


@settings_of(forward)
def edges_repeated(grad, x, **settings):
    """Entries on the padding get the gradient of the edge; they are left out of the image.

    How does the image change if an entry grows that falls on the padding?
    """
    _, at = placed(x, **settings)
    return (unfold.columns(np.pad(grad, [(0, 0), (0, 0), *at.pads], mode="edge"), at),)


@settings_of(forward)
def times_the_entries(grad, x, **settings):
    """The gradient is multiplied by the entries of the columns.

    How much does the image grow if an entry grows by 1? Does this depend on the entry?
    """
    return (backward(grad, x, **settings)[0] * x,)


@settings_of(forward)
def image_unfolded(grad, x, **settings):
    """The image is unfolded again, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, **settings), x, **settings)


def _at(x, settings):
    """The size of the windows, and how many there are along each axis."""
    return _windows.each("size", settings["size"], 2), placed(x, **settings)[1].counts
