"""Mutants of the max pooling of images. Most are those of `max_pooling`."""

import numpy as np

from checker.library.mutants.windows import max_pooling as of
from reference.spec import settings_of
from reference.windows.image_max_pooling import backward, forward

# Examples and channels are pooled alike, so exchanging them changes nothing.
NOT_APPLICABLE = ("another_axis",)


@settings_of(forward)
def smallest(x, **settings):
    """The smallest entry of each window is taken.

    Which entry of the window 1, 5 should remain?
    """
    return -forward(-x, **settings)


@settings_of(forward)
def farthest_from_zero(x, **settings):
    """The entry that is farthest from 0 is taken.

    Which of -3 and 2 is larger?
    """
    return of.farthest_from_zero(x, **settings)[0]


@settings_of(forward)
def never_below_zero(x, **settings):
    """The search begins with 0, so a window of negative entries gives 0.

    With which number does your search begin, and what if all entries are below it?
    """
    return np.maximum(forward(x, **settings), 0)


@settings_of(forward)
def averaged(x, **settings):
    """The entries of each window are averaged.

    Which entry of the window 1, 5 should remain?
    """
    return of.averaged(x, **settings)[0]


@settings_of(forward)
def largest_of_all_channels(x, **settings):
    """The largest entry is taken of all channels together; each channel has its own.

    How many channels does the output have, and from which of the image does each come?
    """
    return of.largest_of_all_channels(x, **settings)[0]


@settings_of(forward)
def last_window_left_out(x, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    return forward(x, **settings)[..., :-1, :-1]


@settings_of(forward)
def window_cut_at_the_end(x, *, size, stride):
    """A window that reaches beyond the image is counted; only whole windows are.

    What happens to entries that are left over at the end?
    """
    around = ((0, 0), (0, 0), (0, stride - 1), (0, stride - 1))
    return forward(np.pad(x, around, constant_values=-np.inf), size=size, stride=stride)


@settings_of(forward)
def along_the_rows_only(x, *, size, stride):
    """The window has one row; it has as many rows as columns.

    How many entries has a window of size 2?
    """
    rows, columns = (length - size + 1 for length in x.shape[2:])
    first = x[:, :, :rows:stride]
    return np.max([first[..., at : at + columns : stride] for at in range(size)], axis=0)


@settings_of(forward)
def to_every_entry(grad, x, **settings):
    """Every entry of a window gets its gradient; only the largest has an influence.

    How does the output change if an entry grows that is not the largest?
    """
    return of.to_every_entry(grad, x, **settings)


@settings_of(forward)
def shared_by_all(grad, x, **settings):
    """The gradient is divided among the entries of the window: that is average pooling.

    How does the output change if an entry grows that is not the largest?
    """
    return of.shared_by_all(grad, x, **settings)


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
    return backward(grad * forward(x, **settings), x, **settings)


@settings_of(forward)
def values_put_back(grad, x, **settings):
    """The values are put back to where they were taken from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, **settings), x, **settings)


@settings_of(forward)
def all_to_each_of_equal_entries(grad, x, *, size, stride):
    """Each of several equal largest entries gets the whole gradient; together they get it once.

    If two entries are equal, what is the sum of their gradients?
    """
    dx = 0 * x
    for p, q in np.ndindex(grad.shape[2:]):
        there = (..., slice(p * stride, p * stride + size), slice(q * stride, q * stride + size))
        largest = x[there] == x[there].max(axis=(2, 3), keepdims=True)
        dx[there] += largest * grad[:, :, p, q, None, None]
    return (dx,)


@settings_of(forward)
def windows_overwrite_each_other(grad, x, *, size, stride):
    """An entry that two windows take keeps the gradient of the last; they have to be added.

    With a stride of 1, how many windows can take the same entry?
    """
    dx = 0 * x
    for p, q in np.ndindex(grad.shape[2:]):
        window = x[:, :, p * stride :, q * stride :][:, :, :size, :size]
        row, column = np.divmod(window.reshape(*x.shape[:2], size * size).argmax(axis=2), size)
        n, c = np.indices(row.shape)
        dx[n, c, p * stride + row, q * stride + column] = grad[:, :, p, q]
    return (dx,)


@settings_of(forward)
def all_into_the_first_channel(grad, x, **settings):
    """The gradients of all examples and channels arrive in the first channel of the first example.

    To which channel of which example does an index belong?
    """
    return of.all_into_the_first_channel(grad, x, **settings)
