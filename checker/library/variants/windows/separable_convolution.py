"""Right ways to compute a separable convolution and its gradients."""

import math

import numpy as np

from reference.windows import convolution


def as_one_convolution(x, depthwise, pointwise, bias, *, stride=1, padding=0, dilation=1):
    """The kernels of the channels, mixed before they meet the image."""
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    return convolution.forward(x, _mixed(x, depthwise, pointwise), bias, **settings)


def channel_by_channel(x, depthwise, pointwise, bias, *, stride=1, padding=0, dilation=1):
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    each = len(depthwise) // x.shape[1]
    parts = []
    for c in range(x.shape[1]):
        kernels = depthwise[c * each : (c + 1) * each]
        parts.append(convolution.forward(x[:, c : c + 1], kernels, None, **settings))
    y = np.einsum("oi,ni...->no...", pointwise, np.concatenate(parts, axis=1))
    return y if bias is None else y + bias.reshape(-1, *[1] * (x.ndim - 2))


def mixed_as_a_matrix(x, depthwise, pointwise, bias, *, stride=1, padding=0, dilation=1):
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    z = convolution.forward(x, depthwise, None, groups=x.shape[1], **settings)
    columns = z.reshape(*z.shape[:2], math.prod(z.shape[2:]))
    y = (pointwise @ columns).reshape(len(x), len(pointwise), *z.shape[2:])
    return y if bias is None else y + np.expand_dims(bias, tuple(range(1, x.ndim - 1)))


def output_by_output(x, depthwise, pointwise, bias, *, stride=1, padding=0, dilation=1):
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    z = convolution.forward(x, depthwise, None, groups=x.shape[1], **settings)
    rows = []
    for o, weights in enumerate(pointwise):
        total = np.tensordot(weights, z, axes=(0, 1))
        rows.append(total if bias is None else total + bias[o])
    return np.stack(rows, axis=1)


def through_one_convolution(
    grad, x, depthwise, pointwise, bias, *, stride=1, padding=0, dilation=1
):
    """The gradient of one convolution, taken apart into its two factors."""
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    dx, dmixed, dbias = convolution.backward(
        grad, x, _mixed(x, depthwise, pointwise), bias, **settings
    )
    each = len(depthwise) // x.shape[1]
    ddepthwise, dpointwise = np.zeros(depthwise.shape), np.zeros(pointwise.shape)
    for row in range(len(depthwise)):
        of_channel = dmixed[:, row // each]
        ddepthwise[row, 0] = np.tensordot(pointwise[:, row], of_channel, axes=1)
        axes = tuple(range(1, of_channel.ndim))
        dpointwise[:, row] = (of_channel * depthwise[row, 0]).sum(axis=axes)
    return dx, ddepthwise, dpointwise, dbias


def gradient_channel_by_channel(
    grad, x, depthwise, pointwise, bias, *, stride=1, padding=0, dilation=1
):
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    each = len(depthwise) // x.shape[1]
    dx, ddepthwise = np.zeros(x.shape), np.zeros(depthwise.shape)
    dpointwise = np.zeros(pointwise.shape)
    for c in range(x.shape[1]):
        these, image = slice(c * each, (c + 1) * each), x[:, c : c + 1]
        z = convolution.forward(image, depthwise[these], None, **settings)
        dz = np.einsum("oi,no...->ni...", pointwise[:, these], grad)
        columns, rows = (a.reshape(*a.shape[:2], math.prod(a.shape[2:])) for a in (grad, z))
        dpointwise[:, these] = np.einsum("noj,nij->oi", columns, rows)
        part, kernels, _ = convolution.backward(dz, image, depthwise[these], None, **settings)
        dx[:, c : c + 1], ddepthwise[these] = part, kernels
    dbias = None if bias is None else grad.sum(axis=(0, *range(2, grad.ndim)))
    return dx, ddepthwise, dpointwise, dbias


def _mixed(x, depthwise, pointwise):
    """One kernel for each output, with all channels."""
    each = len(depthwise) // x.shape[1]
    mixed = np.zeros((len(pointwise), x.shape[1], *depthwise.shape[2:]))
    for row, kernel in enumerate(depthwise):
        mixed[:, row // each] += np.multiply.outer(pointwise[:, row], kernel[0])
    return mixed
