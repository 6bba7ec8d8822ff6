"""Mutants of a permutation of axes."""

import numpy as np

from reference.spec import settings_of
from reference.tensors.permute import backward, forward


def _inverse(dims):
    return tuple(dims.index(k) + 1 for k in range(1, len(dims) + 1))


@settings_of(forward)
def where_each_axis_goes(x, *, dims):
    """dims is read as where each axis goes; it says from where each axis comes.

    With dims (3, 1, 2), which axis of x is the first of an example of the result?
    """
    return forward(x, dims=_inverse(dims))


@settings_of(forward)
def read_backwards(x, *, dims):
    """dims is read from its end.

    Which entry of dims belongs to the first axis of an example?
    """
    return forward(x, dims=dims[::-1])


@settings_of(forward)
def all_axes_reversed(x, *, dims):
    """The axes are reversed, whatever dims says.

    What does .T do to an array with more than two axes?
    """
    return forward(x, dims=(3, 2, 1))


@settings_of(forward)
def examples_moved_too(x, *, dims):
    """The axis of the examples moves too; dims is about the axes of each example.

    Which axis of the result counts the examples?
    """
    return np.transpose(x, (*dims, 0))


@settings_of(forward)
def counted_from_zero(x, *, dims):
    """dims is taken to count from 0, so the examples take part and the last axis stays.

    Which number does the axis of the examples have, and is it in dims?
    """
    return np.transpose(x, (*(k - 1 for k in dims), 3))


@settings_of(forward)
def numbers_not_moved(x, *, dims):
    """The result has the right shape, but its numbers are in the order of x.

    Does reshape move a number to another place?
    """
    return np.reshape(x, forward(x, dims=dims).shape)


@settings_of(forward)
def first_two_exchanged(x, *, dims):
    """The first two axes of an example are exchanged, whatever dims says.

    Which axes does dims name, and in which order?
    """
    return forward(x, dims=(2, 1, 3))


@settings_of(forward)
def last_two_exchanged(x, *, dims):
    """The last two axes are exchanged, whatever dims says.

    Which axes does dims name, and in which order?
    """
    return forward(x, dims=(1, 3, 2))


@settings_of(forward)
def only_one_axis_moved(x, *, dims):
    """Only the axis that dims names first is moved; the others keep their order.

    With dims (3, 2, 1), which axis is the last one?
    """
    return np.moveaxis(x, dims[0], 1)


@settings_of(forward)
def examples_in_another_order(x, *, dims):
    """The examples are in the opposite order.

    Which example is the first one of the result?
    """
    return forward(x, dims=dims)[::-1]


@settings_of(forward)
def permuted_again(grad, x, *, dims):
    """The gradient is permuted by dims once more; it has to go back.

    An axis went from place 3 to place 1. Where does its gradient go?
    """
    return (np.transpose(grad, (0, *dims)),)


@settings_of(forward)
def not_permuted_back(grad, x, *, dims):
    """The gradient has the axes of the result; it needs those of x.

    Which shape has the gradient of x?
    """
    return (grad + 0,)


@settings_of(forward)
def only_the_shape_goes_back(grad, x, *, dims):
    """The gradient has the right shape, but its numbers are in the order of the result.

    Does reshape move a number to another place?
    """
    return (np.reshape(grad, x.shape),)


@settings_of(forward)
def back_along_two_axes(grad, x, *, dims):
    """The gradient goes back as if two axes had been exchanged; three may have moved in a ring.

    Is a permutation always its own inverse?
    """
    return (backward(grad, x, dims=dims)[0][:, ::-1],)
