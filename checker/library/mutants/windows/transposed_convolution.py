"""Mutants of transposed convolution."""

import math
from typing import Any

import numpy as np

from reference.spec import settings_of
from reference.windows import _windows
from reference.windows.transposed_convolution import _by_group, backward, forward

# With another number of groups the kernel does not fit the image.
NOT_APPLICABLE = ("groups_ignored",)


@settings_of(forward)
def kernel_flipped(x, weight, bias, **settings):
    """The kernel is turned round along its axes; each entry of the image adds it as it is.

    What should an image with a single 1 give?
    """
    return forward(x, _flipped(weight), bias, **settings)


@settings_of(forward)
def bias_left_out(x, weight, bias, **settings):
    """The bias is not added.

    What is the output for an image of zeros?
    """
    return forward(x, weight, None, **settings)


@settings_of(forward)
def bias_with_each_copy(x, weight, bias, **settings):
    """The bias is added with each copy of the kernel; it is added once to each output.

    How often should the bias be added where two copies overlap?
    """
    once = np.ones_like(weight[:1, :1])
    copies = forward(np.ones_like(x[:, :1]), once, None, **{**settings, "groups": 1})
    return forward(x, weight, None, **settings) + (0 if bias is None else copies * _row(bias, x))


@settings_of(forward)
def overlaps_overwritten(x, weight, bias, **settings):
    """Where copies of the kernel overlap, the last one overwrites the others; they are added.

    What is the output where the copies of two entries of the image meet?
    """
    columns, kernel, copies, whole, kept = _by_group(x, weight, **settings)
    image = np.zeros((len(x), len(kernel), kernel.shape[2], *whole))
    for k, place in reversed(copies):  # the copy of a later entry has the smaller k there
        image[place] = (kernel[k].swapaxes(-1, -2) @ columns).reshape(image[place].shape)
    y = np.reshape(image[kept], (len(x), -1, *image[kept].shape[3:]))
    return y if bias is None else y + _row(bias, x)


@settings_of(forward)
def padded_like_a_convolution(x, weight, bias, *, padding, **settings):
    """The padding is added to the image; here it is cut off the output.

    How long is the output for an image of length 3, a kernel of length 3 and a padding of 1?
    """
    pads = _windows.each("padding", padding, x.ndim - 2, 0)
    image = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in pads)])
    return forward(image, weight, bias, padding=0, **settings)


@settings_of(forward)
def cut_off_at_the_end_only(x, weight, bias, *, padding, **settings):
    """The padding is cut off at the end of the output only; it is cut off at both ends.

    Which entry of the whole output is the first that remains?
    """
    pads = _windows.each("padding", padding, x.ndim - 2, 0)
    whole = forward(x, weight, bias, padding=0, **settings)
    kept: Any = (slice(0, n - 2 * p) for p, n in zip(pads, whole.shape[2:], strict=True))
    return whole[(..., *kept)]


@settings_of(forward)
def output_padding_at_the_beginning(x, weight, bias, *, output_padding, **settings):
    """The output padding is added to the beginning of the output; it belongs to its end.

    At which place of the output does the first copy of the kernel begin?
    """
    more = _windows.each("output_padding", output_padding, x.ndim - 2, 0)
    y = forward(x, weight, bias, output_padding=output_padding, **settings)
    return np.roll(y, more, axis=tuple(range(2, x.ndim)))


@settings_of(forward)
def stride_repeats_entries(x, weight, bias, *, stride, **settings):
    """The entries of the image are repeated `stride` times; there are zeros between them.

    What lies between the copies of a kernel of length 1 with a stride of 2?
    """
    steps = _windows.each("stride", stride, x.ndim - 2)
    image = x
    for axis, step in enumerate(steps, start=2):
        image = np.repeat(image, step, axis=axis)
        image = image[(slice(None),) * axis + (slice(0, (x.shape[axis] - 1) * step + 1),)]
    return forward(image, weight, bias, stride=1, **settings)


@settings_of(forward)
def gradient_kernel_flipped(grad, x, weight, bias, **settings):
    """The gradient of the image is a convolution with the turned kernel; it is one with the kernel.

    Which output does entry k of the kernel reach from the first entry of the image?
    """
    dx = backward(grad, x, _flipped(weight), bias, **settings)[0]
    return dx, *backward(grad, x, weight, bias, **settings)[1:]


@settings_of(forward)
def gradient_of_the_kernel_flipped(grad, x, weight, bias, **settings):
    """The gradient of the kernel is turned round along its axes.

    Which products does the gradient of the first entry of the kernel sum?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, _flipped(dweight), dbias


@settings_of(forward)
def averaged_over_the_examples(grad, x, weight, bias, **settings):
    """The gradients of kernel and bias are averaged over the examples; they are summed.

    Where has the loss already been averaged?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, dweight / len(x), dbias if dbias is None else dbias / len(x)


@settings_of(forward)
def bias_gradient_averaged_over_places(grad, x, weight, bias, **settings):
    """The gradient of the bias is averaged over the places of the output; it is summed.

    How much does the sum of all outputs grow if the bias grows by 1?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, dweight, dbias if dbias is None else dbias / math.prod(grad.shape[2:])


@settings_of(forward)
def bias_gradient_of_the_first_place(grad, x, weight, bias, **settings):
    """The gradient of the bias takes the first place of the output only.

    Which outputs change if the bias grows?
    """
    first: Any = (slice(None), slice(None), *[0] * (grad.ndim - 2))
    dx, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return dx, dweight, dbias if dbias is None else grad[first].sum(axis=0)


@settings_of(forward)
def upstream_left_out_for_the_kernel(grad, x, weight, bias, **settings):
    """The gradient of the kernel sums the image alone, without the upstream gradient.

    How does the loss enter the gradient of the kernel?
    """
    dx, _, dbias = backward(grad, x, weight, bias, **settings)
    return dx, backward(np.ones_like(grad), x, weight, bias, **settings)[1], dbias


@settings_of(forward)
def kernel_left_out_for_the_image(grad, x, weight, bias, **settings):
    """The gradient of the image sums the upstream gradient alone, without the kernel.

    How much does an output grow if an entry of the image grows by 1?
    """
    dx = backward(grad, x, np.ones_like(weight), bias, **settings)[0]
    return dx, *backward(grad, x, weight, bias, **settings)[1:]


def _flipped(weight):
    return weight[(..., *[slice(None, None, -1)] * (weight.ndim - 2))]


def _row(bias, x):
    return np.reshape(bias, (len(bias),) + (1,) * (x.ndim - 2))
