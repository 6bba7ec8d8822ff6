"""Mutants of unflattening."""

import math

import numpy as np

from reference.spec import settings_of
from reference.tensors.unflatten import backward, forward

# The gradient has the shape of the input, whichever axis was divided.
NOT_APPLICABLE = ("axis_ignored", "sizes_ignored")


@settings_of(forward)
def first_length_fastest(x, *, axis, sizes):
    """The first of the new axes runs fastest, as in Fortran; the last one should.

    Which entry of the old axis is the second one of the first row?
    """
    lengths = _lengths(x, axis, sizes)
    y = forward(x, axis=axis, sizes=lengths[::-1])
    new = [*range(axis, axis + len(lengths))]
    order = [*range(axis), *new[::-1], *range(axis + len(lengths), y.ndim)]
    return y.transpose(order)


@settings_of(forward)
def lengths_in_reverse(x, *, axis, sizes):
    """The new axes have the lengths in reverse order.

    Which length belongs to the first of the new axes?
    """
    return forward(x, axis=axis, sizes=sizes[::-1])


@settings_of(forward)
def other_axis(x, *, axis, sizes):
    """The other axis is divided.

    Which axis does the text ask to divide?
    """
    return forward(x, axis=1 - axis, sizes=sizes)


@settings_of(forward)
def new_axes_last(x, *, axis, sizes):
    """The new axes come last; they should stand where the old one stood.

    Which axis of the result comes before the new ones?
    """
    y = forward(x, axis=axis, sizes=sizes)
    new = tuple(range(axis, axis + len(sizes)))
    return np.moveaxis(y, new, tuple(range(-len(sizes), 0)))


@settings_of(forward)
def new_axes_first(x, *, axis, sizes):
    """The new axes come first; they should stand where the old one stood.

    Which axis of the result counts what axis 0 of the input counts?
    """
    y = forward(x, axis=axis, sizes=sizes)
    new = tuple(range(axis, axis + len(sizes)))
    return np.moveaxis(y, new, tuple(range(len(sizes))))


@settings_of(forward)
def open_length_is_one(x, *, axis, sizes):
    """A length of -1 is taken for 1, and what does not fit is dropped; it is what the others leave.

    How long is the axis -1 if an axis of length 6 becomes (3, -1)?
    """
    lengths = tuple(max(size, 1) for size in sizes)
    kept = np.take(x, range(math.prod(lengths)), axis=axis)
    return forward(kept, axis=axis, sizes=lengths)


@settings_of(forward)
def not_divided(x, *, axis, sizes):
    """The axis is not divided.

    How many axes should the result have?
    """
    return x.copy()


@settings_of(forward)
def gradient_stays_divided(grad, x, *, axis, sizes):
    """The gradient keeps the shape of the result; it should have that of the input.

    Which shape has the gradient of the input?
    """
    return (grad.copy(),)


@settings_of(forward)
def gradient_first_length_fastest(grad, x, *, axis, sizes):
    """The gradient is read as if the first of the new axes ran fastest.

    To which entry of the old axis does the second one of the first row belong?
    """
    count = len(sizes)
    new = [*range(axis, axis + count)]
    order = [*range(axis), *new[::-1], *range(axis + count, grad.ndim)]
    return (grad.transpose(order).reshape(x.shape),)


@settings_of(forward)
def gradient_reversed(grad, x, *, axis, sizes):
    """The gradient is put back from the end of the axis on.

    To which entry of the old axis does the first one of the result belong?
    """
    return (np.flip(backward(grad, x, axis=axis, sizes=sizes)[0], axis=axis),)


@settings_of(forward)
def gradient_added(grad, x, *, axis, sizes):
    """Every entry gets the sum of the gradient along the old axis.

    Which entries of the result change if one entry of the old axis grows?
    """
    dx = backward(grad, x, axis=axis, sizes=sizes)[0]
    return (0 * dx + dx.sum(axis=axis, keepdims=True),)


def _lengths(x, axis, sizes):
    y = forward(x, axis=axis, sizes=sizes)
    return y.shape[axis : axis + len(sizes)]
