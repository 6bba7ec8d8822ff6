"""Mutants of separable convolution."""

import numpy as np

from checker.library.marks import convention
from reference.spec import settings_of
from reference.windows import convolution
from reference.windows.separable_convolution import backward, forward


@settings_of(forward)
def kernels_in_turn(x, depthwise, pointwise, bias, **settings):
    """The kernels of a channel are taken c apart; those of one channel follow each other.

    Which kernels belong to the second of 3 channels if there are 6 kernels?
    """
    channels = x.shape[1]
    order = np.arange(len(depthwise)).reshape(-1, channels).T.ravel()
    return forward(x, depthwise[order], pointwise, bias, **settings)


@settings_of(forward)
def mixture_left_out(x, depthwise, pointwise, bias, **settings):
    """The channels are added and not mixed by the second weights.

    How many outputs have their own weights in the second step?
    """
    return forward(x, depthwise, np.ones_like(pointwise), bias, **settings)


@settings_of(forward)
def bias_left_out(x, depthwise, pointwise, bias, **settings):
    """The bias is not added.

    What is the output for an image of zeros?
    """
    return forward(x, depthwise, pointwise, None, **settings)


@convention
@settings_of(forward)
def kernels_flipped(x, depthwise, pointwise, bias, **settings):
    """The kernels are turned round along their axes, as in signal processing; here they are not.

    Which entry of the image meets the first entry of the kernel?
    """
    return forward(x, _flipped(depthwise), pointwise, bias, **settings)


@settings_of(forward)
def mixture_first(x, depthwise, pointwise, bias, **settings):
    """The channels are mixed before the windows; the kernels of the channels come first.

    Of which image does the first step take windows?
    """
    channels, count = x.shape[1], len(depthwise)
    if count != channels or len(pointwise) != channels:
        raise ValueError("shapes do not match")
    mixed = convolution.forward(x, _kernel(pointwise, x), None)
    y = convolution.forward(mixed, depthwise, None, groups=channels, **settings)
    return y if bias is None else y + bias.reshape(-1, *[1] * (x.ndim - 2))


@settings_of(forward)
def relu_between(x, depthwise, pointwise, bias, **settings):
    """Between the two steps, negative numbers become 0; there is nothing between them.

    Is the layer linear in the image?
    """
    z = convolution.forward(x, depthwise, None, groups=x.shape[1], **settings)
    return convolution.forward(np.maximum(z, 0), _kernel(pointwise, x), bias)


@settings_of(forward)
def first_kernel_for_all(x, depthwise, pointwise, bias, **settings):
    """All channels use the kernels of the first one.

    How many kernels are there for 3 channels?
    """
    each = len(depthwise) // x.shape[1]
    kernels = np.concatenate([depthwise[:each]] * x.shape[1])
    return forward(x, kernels, pointwise, bias, **settings)


@settings_of(forward)
def averaged_over_the_window(x, depthwise, pointwise, bias, **settings):
    """The products are averaged over the window; they are summed.

    What should a kernel of ones make of an image of ones?
    """
    size = np.prod(depthwise.shape[2:])
    return forward(x, depthwise / size, pointwise, bias, **settings)


@settings_of(forward)
def gradient_past_the_mixture(grad, x, depthwise, pointwise, bias, **settings):
    """The gradient of the first step lacks the mixture: all its weights count as 1.

    How much does an output grow if a number after the first step grows by 1?
    """
    plain = backward(grad, x, depthwise, np.ones_like(pointwise), bias, **settings)
    return *plain[:2], *backward(grad, x, depthwise, pointwise, bias, **settings)[2:]


@settings_of(forward)
def gradient_kernels_flipped(grad, x, depthwise, pointwise, bias, **settings):
    """In the gradient of the image, the kernels are turned round.

    Which output does entry k of a kernel reach from an entry of the image?
    """
    dx = backward(grad, x, _flipped(depthwise), pointwise, bias, **settings)[0]
    return dx, *backward(grad, x, depthwise, pointwise, bias, **settings)[1:]


@settings_of(forward)
def mixture_from_the_image(grad, x, depthwise, pointwise, bias, **settings):
    """The gradient of the mixture takes kernels of ones for the first step.

    What does the mixture multiply, the image or what the first step made of it?
    """
    dx, ddepthwise, _, dbias = backward(grad, x, depthwise, pointwise, bias, **settings)
    plain = backward(grad, x, np.ones_like(depthwise), pointwise, bias, **settings)
    return dx, ddepthwise, plain[2], dbias


@settings_of(forward)
def averaged_over_the_examples(grad, x, depthwise, pointwise, bias, **settings):
    """The gradients of the weights are averaged over the examples; they are summed.

    Where has the loss already been averaged?
    """
    dx, ddepthwise, dpointwise, dbias = backward(grad, x, depthwise, pointwise, bias, **settings)
    count = len(x)
    return dx, ddepthwise / count, dpointwise / count, dbias if dbias is None else dbias / count


@settings_of(forward)
def kernels_of_a_channel_added(grad, x, depthwise, pointwise, bias, **settings):
    """The gradients of all kernels of a channel are added; each kernel has its own.

    How many kernels has a channel, and does each have an influence of its own?
    """
    dx, ddepthwise, *others = backward(grad, x, depthwise, pointwise, bias, **settings)
    table = ddepthwise.reshape(x.shape[1], -1, *ddepthwise.shape[1:])
    added = 0 * table + table.sum(axis=1, keepdims=True)
    return dx, added.reshape(ddepthwise.shape), *others


@settings_of(forward)
def bias_gradient_of_the_first_place(grad, x, depthwise, pointwise, bias, **settings):
    """The gradient of the bias takes the first place of the output only.

    Which outputs change if the bias grows?
    """
    *others, dbias = backward(grad, x, depthwise, pointwise, bias, **settings)
    first = grad.reshape(*grad.shape[:2], -1)[:, :, 0].sum(axis=0)
    return *others, dbias if dbias is None else first


def _flipped(weight):
    return weight[(..., *[slice(None, None, -1)] * (weight.ndim - 2))]


def _kernel(pointwise, x):
    return pointwise.reshape(*pointwise.shape, *[1] * (x.ndim - 2))
