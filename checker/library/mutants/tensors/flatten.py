"""Mutants of flattening."""

import math

import numpy as np

from checker.library.marks import convention
from reference.spec import settings_of
from reference.tensors.flatten import _axes, backward, forward

# The gradient has the shape of the input, whichever axes were joined.
NOT_APPLICABLE = ("start_ignored", "end_ignored")


@settings_of(forward)
def everything_joined(x, *, start, end):
    """All axes become one, the examples too.

    How many rows should a batch of three images give?
    """
    return x.ravel()


@settings_of(forward)
def end_left_out(x, *, start, end):
    """The axis `end` stays apart; it is joined too.

    How many axes are left of five if axes 1 to 3 become one?
    """
    first, last = _axes(x, start, end)
    return forward(x, start=first, end=max(first, last - 1))


@settings_of(forward)
def start_left_out(x, *, start, end):
    """The axis `start` stays apart; it is joined too.

    How many axes are left of five if axes 1 to 3 become one?
    """
    first, last = _axes(x, start, end)
    return forward(x, start=min(first + 1, last), end=last)


@settings_of(forward)
def examples_always_kept(x, *, start, end):
    """The first axis always stays apart, whatever `start` is.

    What should happen to axis 0 if `start` is 0?
    """
    return forward(x, start=max(start, 1), end=end)


@settings_of(forward)
def always_to_the_end(x, *, start, end):
    """All axes from `start` on become one, whatever `end` is.

    How many axes are left of five if axes 1 to 3 become one?
    """
    return forward(x, start=start, end=-1)


@settings_of(forward)
def first_axis_fastest(x, *, start, end):
    """The first of the joined axes runs fastest, as in Fortran; the last one should.

    Which number follows the first one of a row in the result?
    """
    first, last = _axes(x, start, end)
    order = [*range(first), *range(first, last + 1)[::-1], *range(last + 1, x.ndim)]
    turned = x.transpose(order)
    return turned.reshape(forward(x, start=start, end=end).shape)


@convention
@settings_of(forward)
def channels_last(x, *, start, end):
    """The channels run fastest, as in the layout of Keras; here they are axis 1.

    Which number follows the first one in the result?
    """
    first, last = _axes(x, start, end)
    if not first <= 1 < last:
        return forward(x, start=start, end=end)
    return np.moveaxis(x, 1, last).reshape(forward(x, start=start, end=end).shape)


@settings_of(forward)
def examples_and_rest_exchanged(x, *, start, end):
    """The result is turned: what should be its columns are its rows.

    Which axis of the result counts the examples?
    """
    return forward(x, start=start, end=end).T


@settings_of(forward)
def added_along_the_axes(x, *, start, end):
    """The numbers along the joined axes are added; they should stay beside each other.

    How many numbers should the result have?
    """
    first, last = _axes(x, start, end)
    return x.sum(axis=tuple(range(first + 1, last + 1)))


@settings_of(forward)
def joined_axis_last(x, *, start, end):
    """The joined axis is the last one; it should stand where the others stood.

    Which axis of the result comes after the joined one?
    """
    first, _ = _axes(x, start, end)
    return np.moveaxis(forward(x, start=start, end=end), first, -1)


@settings_of(forward)
def gradient_stays_flat(grad, x, *, start, end):
    """The gradient keeps the shape of the result; it should have that of the input.

    Which shape has the gradient of an image?
    """
    return (grad.copy(),)


@settings_of(forward)
def gradient_first_axis_fastest(grad, x, *, start, end):
    """The gradient is read as if the first of the joined axes ran fastest.

    To which entry of the image does the second number of a row belong?
    """
    first, last = _axes(x, start, end)
    lengths = [*x.shape[:first], *x.shape[first : last + 1][::-1], *x.shape[last + 1 :]]
    order = [*range(first), *range(first, last + 1)[::-1], *range(last + 1, x.ndim)]
    return (grad.reshape(lengths).transpose(order),)


@settings_of(forward)
def gradient_averaged(grad, x, *, start, end):
    """The gradient is divided by the number of joined entries; each was only moved.

    How much does the result grow if one number grows by 1?
    """
    first, last = _axes(x, start, end)
    count = max(math.prod(x.shape[first : last + 1]), 1)
    return (backward(grad, x, start=start, end=end)[0] / count,)


@settings_of(forward)
def gradient_reversed(grad, x, *, start, end):
    """The gradient is put back from its end on.

    To which entry of the image does the first number of the result belong?
    """
    return (grad.ravel()[::-1].reshape(x.shape),)
