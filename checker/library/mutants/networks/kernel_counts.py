"""Mutants of counting the parameters of convolutional layers."""

import numpy as np


def biases_not_counted(channels, sizes, *, bias=True):
    """The biases are not counted.

    What has each output channel, beside its kernel?
    """
    return sizes**2 * channels[:-1] * channels[1:]


def one_bias_for_each_kernel(channels, sizes, *, bias=True):
    """There is a bias for each pair of channels; each output has one.

    To what is the bias added: to each channel of the image, or to their sum?
    """
    return (sizes**2 + bias) * channels[:-1] * channels[1:]


def one_bias_for_each_layer(channels, sizes, *, bias=True):
    """There is one bias for the whole layer; each output channel has its own.

    How long is the bias of a layer with 16 outputs?
    """
    return sizes**2 * channels[:-1] * channels[1:] + bias


def inputs_left_out(channels, sizes, *, bias=True):
    """A kernel is counted as one square; it has a square for each channel of the image.

    How many numbers has a 3 by 3 kernel on an image with 3 colours?
    """
    return (sizes**2 + bias) * channels[1:]


def outputs_left_out(channels, sizes, *, bias=True):
    """One kernel is counted; each output channel has a kernel of its own.

    How many kernels has a layer with 16 outputs?
    """
    return sizes**2 * channels[:-1] + bias


def length_not_squared(channels, sizes, *, bias=True):
    """The length of the kernel is not squared: an image has two axes.

    How many numbers has a square of 3 by 3?
    """
    return (sizes * channels[:-1] + bias) * channels[1:]


def twice_the_length(channels, sizes, *, bias=True):
    """The length of the kernel is doubled; it is squared.

    How many numbers has a square of 3 by 3?
    """
    return (2 * sizes * channels[:-1] + bias) * channels[1:]


def total_only(channels, sizes, *, bias=True):
    """This is the number for the whole network; asked is one for each layer.

    How many layers with weights are there?
    """
    return np.array([((sizes**2 * channels[:-1] + bias) * channels[1:]).sum()])


def bias_for_each_input(channels, sizes, *, bias=True):
    """There is one bias for each channel of the image; each output channel has one.

    How long is the bias of a layer with 16 outputs?
    """
    return sizes**2 * channels[:-1] * channels[1:] + bias * channels[:-1]
