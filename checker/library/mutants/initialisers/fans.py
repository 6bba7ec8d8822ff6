"""Mutants of fan-in and fan-out."""

import math

from checker.library.marks import convention


def exchanged(kernel):
    """Fan-in and fan-out are exchanged.

    Which axis counts the inputs?
    """
    return _right(kernel)[::-1]


def positions_forgotten(kernel):
    """The positions that a kernel covers are not counted.

    How many numbers does one output of a 3 x 3 kernel sum up?
    """
    return kernel.shape[-2], kernel.shape[-1]


def first_two_axes(kernel):
    """The first two axes are taken for inputs and outputs; they are the last two.

    What are the axes of a kernel of shape (3, 3, 8, 16)?
    """
    return kernel.shape[0], kernel.shape[1]


def positions_only_in(kernel):
    """The positions are counted in fan-in and not in fan-out.

    How many outputs does one input of a 3 x 3 kernel reach?
    """
    return _right(kernel)[0], kernel.shape[-1]


def positions_only_out(kernel):
    """The positions are counted in fan-out and not in fan-in.

    How many numbers does one output of a 3 x 3 kernel sum up?
    """
    return kernel.shape[-2], _right(kernel)[1]


def positions_added(kernel):
    """The lengths of the position axes are added, not multiplied.

    How many positions does a 3 x 5 kernel cover?
    """
    count = sum(kernel.shape[:-2]) or 1
    return kernel.shape[-2] * count, kernel.shape[-1] * count


def number_of_weights(kernel):
    """This is the number of all weights, twice.

    How many of the weights belong to one output?
    """
    return kernel.size, kernel.size


def bias_counted(kernel):
    """The bias is counted as one more input.

    Is the bias part of the kernel?
    """
    fan_in, fan_out = _right(kernel)
    return fan_in + 1, fan_out


@convention
def outputs_first(kernel):
    """The axes are read as torch stores them, (outputs, inputs, positions).

    In which order does the text have the axes?
    """
    outputs, inputs, *positions = kernel.shape
    return inputs * math.prod(positions), outputs * math.prod(positions)


def _right(kernel):
    *positions, inputs, outputs = kernel.shape
    return inputs * math.prod(positions), outputs * math.prod(positions)
