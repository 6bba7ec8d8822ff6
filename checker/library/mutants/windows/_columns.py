"""The columns of fold and unfold in another order."""

import math

import numpy as np


def by_axes(columns, size, counts):
    """The columns as (n, c, *entries of a window, *windows)."""
    channels = columns.shape[1] // math.prod(size)
    return columns.reshape(len(columns), channels, *size, *counts)


def turned(columns, size, counts, *, window=False, windows=False):
    """The entries of a window, or the windows, counted column by column."""
    split, rank = by_axes(columns, size, counts), len(size)
    one, other = list(range(2, 2 + rank)), list(range(2 + rank, 2 + 2 * rank))
    one, other = one[::-1] if window else one, other[::-1] if windows else other
    return split.transpose(0, 1, *one, *other).reshape(columns.shape)


def turned_back(columns, size, counts, *, window=False, windows=False):
    """The same for columns that were counted so."""
    size = size[::-1] if window else size
    counts = counts[::-1] if windows else counts
    return turned(columns, size, counts, window=window, windows=windows)


def flipped(columns, size):
    """Each window turned round."""
    split = by_axes(columns, size, columns.shape[2:])
    along = tuple(range(2, 2 + len(size)))
    return np.flip(split, along).reshape(columns.shape)


def channels_last(columns, size):
    """Of each entry of a window, all channels side by side."""
    split = columns.reshape(len(columns), -1, math.prod(size), columns.shape[2])
    return split.swapaxes(1, 2).reshape(columns.shape)


def channels_first(columns, size):
    """The inverse: of each channel, all entries of a window side by side."""
    split = columns.reshape(len(columns), math.prod(size), -1, columns.shape[2])
    return split.swapaxes(1, 2).reshape(columns.shape)
