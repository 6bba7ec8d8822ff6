"""Mutants of convolution."""

import math
from typing import Any

import numpy as np

from checker.library.marks import convention
from reference.spec import settings_of
from reference.windows.convolution import backward, forward

# With another number of groups the kernel does not fit the image.
NOT_APPLICABLE = ("groups_ignored",)


@convention
@settings_of(forward)
def kernel_flipped(x, weight, bias, **settings):
    """The kernel is turned round along its axes, as in signal processing; here it is not.

    Which entry of the image meets the first entry of the kernel?
    """
    return forward(x, _flipped(weight), bias, **settings)


@settings_of(forward)
def bias_left_out(x, weight, bias, **settings):
    """The bias is not added.

    What is the output for an image of zeros?
    """
    return forward(x, weight, None, **settings)


@settings_of(forward)
def bias_for_each_entry(x, weight, bias, **settings):
    """The bias is added inside the sum, once for each entry of the kernel.

    Is the bias inside or outside the loop over the window?
    """
    return forward(x, weight, _times(bias, math.prod(weight.shape[1:])), **settings)


@settings_of(forward)
def averaged_over_the_window(x, weight, bias, **settings):
    """The products are averaged over the window; they are summed.

    What should a kernel of ones make of an image of ones?
    """
    return forward(x, weight / math.prod(weight.shape[2:]), bias, **settings)


@settings_of(forward)
def averaged_over_the_channels(x, weight, bias, **settings):
    """The channels are averaged; their outputs are summed.

    What happens to the output if a channel of zeros is added to the image?
    """
    return forward(x, weight / weight.shape[1], bias, **settings)


@settings_of(forward)
def first_channel_only(x, weight, bias, **settings):
    """Only the first channel that an output sees is used.

    Over which axes of the kernel does the sum run?
    """
    first = np.arange(weight.shape[1]).reshape(-1, *[1] * (x.ndim - 2)) == 0
    return forward(x, np.where(first, weight, 0), bias, **settings)


@settings_of(forward)
def same_kernel_for_all_channels(x, weight, bias, **settings):
    """The channels are summed before the kernel is applied, so all have the weights of the first.

    How many weights belong to one output of an image with 3 channels?
    """
    return forward(x, np.repeat(weight[:, :1], weight.shape[1], axis=1), bias, **settings)


@settings_of(forward)
def same_kernel_for_all_outputs(x, weight, bias, **settings):
    """Every output is computed with the weights of the first.

    Which axis of the kernel counts the outputs?
    """
    return forward(x, np.repeat(weight[:1], len(weight), axis=0), bias, **settings)


@settings_of(forward)
def last_window_left_out(x, weight, bias, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    but_the_last: Any = (..., *[slice(-1)] * (x.ndim - 2))
    return forward(x, weight, bias, **settings)[but_the_last]


@settings_of(forward)
def image_multiplied_twice(x, weight, bias, **settings):
    """The entries of the image are squared.

    If the image becomes twice as bright, what should happen to the output?
    """
    return forward(x * x, weight, bias, **settings)


@settings_of(forward)
def kernel_flipped_in_the_image_gradient(grad, x, weight, bias, **settings):
    """The gradient of the image meets the wrong end of the kernel: it is flipped once too often.

    Which outputs does the first entry of the image reach, and through which weights?
    """
    _, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return backward(grad, x, _flipped(weight), bias, **settings)[0], dweight, dbias


@settings_of(forward)
def weight_gradient_flipped(grad, x, weight, bias, **settings):
    """The gradient of the weights is turned round: its first entry is that of the last weight.

    Which entries of the image does the first weight meet?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, _flipped(dweight), dbias


@settings_of(forward)
def first_output_only(grad, x, weight, bias, **settings):
    """The gradient of the image comes from the first output alone.

    To how many outputs does one entry of the image contribute?
    """
    first = np.arange(len(weight)).reshape(-1, *[1] * (x.ndim - 2)) == 0
    _, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return backward(np.where(first, grad, 0), x, weight, bias, **settings)[0], dweight, dbias


@settings_of(forward)
def weights_of_the_last_example(grad, x, weight, bias, **settings):
    """The gradient of the weights is that of the last example: it is assigned and not added to.

    What is the gradient of the weights if the batch holds the same example twice?
    """
    last = np.arange(len(x)).reshape(-1, *[1] * (x.ndim - 1)) == len(x) - 1
    dx, _, dbias = backward(grad, x, weight, bias, **settings)
    return dx, backward(np.where(last, grad, 0), x, weight, bias, **settings)[1], dbias


@settings_of(forward)
def weights_averaged_over_the_batch(grad, x, weight, bias, **settings):
    """The gradient of the weights is averaged over the examples; it is summed.

    Where does the formula have a mean?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, dweight / max(len(x), 1), dbias


@settings_of(forward)
def bias_gradient_averaged(grad, x, weight, bias, **settings):
    """The gradient of the bias is averaged over examples and places; it is summed.

    To how many outputs is one bias added?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, dweight, _times(dbias, len(weight) / max(grad.size, 1))


@settings_of(forward)
def bias_gradient_of_one_place(grad, x, weight, bias, **settings):
    """The gradient of the bias is summed over the examples and not over the places.

    To how many outputs is one bias added?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    first = grad[(..., *[0] * (x.ndim - 2))].sum(axis=0)
    return dx, dweight, None if dbias is None else first


@settings_of(forward)
def image_and_kernel_exchanged(grad, x, weight, bias, **settings):
    """The gradient of the weights is computed with weights where the image belongs.

    If the image is doubled, what should happen to the gradient of the weights?
    """
    dx, _, dbias = backward(grad, x, weight, bias, **settings)
    return dx, weight * grad.sum(), dbias


def _flipped(weight):
    return weight[(..., *[slice(None, None, -1)] * (weight.ndim - 2))]


def _times(bias, factor):
    return None if bias is None else bias * factor
