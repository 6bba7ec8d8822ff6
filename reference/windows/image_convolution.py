"""Convolution of images: each output is a weighted sum of a window of all channels.

    y[n, o, p, q] = b[o] + sum_{i, k, l} w[o, i, k, l] x[n, i, p s + k d, q s + l d]    (forward)
    dL/dx[n, i, p s + k d, q s + l d] += sum_o w[o, i, k, l] g[n, o, p, q]         (g = dL/dy)
    dL/dw[o, i, k, l] = sum_{n, p, q} g[n, o, p, q] x[n, i, p s + k d, q s + l d]
    dL/db[o] = sum_{n, p, q} g[n, o, p, q]

This is `convolution` along two axes. The settings are the stride s, the dilation d, and `padding`,
the zeros around x on all four sides. Images have shape (n, channels, height, width) and the weights
(outputs, channels, height, width), as in PyTorch; Keras has the channels and the outputs last. The
kernel is not flipped. A kernel that does not fit into the padded image raises ValueError.

    >>> import numpy as np
    >>> x, w = np.array([[[[1, 2, 4], [0, 1, 0], [3, 0, 2]]]]), np.array([[[[1, 0], [0, -1]]]])
    >>> forward(x, w, np.array([10]))
    array([[[[10, 12],
             [10,  9]]]])

Source: LeCun et al. 1989; Dumoulin and Visin 2016, sections 2.4 and 5.1; Goodfellow, Bengio,
Courville 2016, eq. 9.6.
"""

from typing import Annotated as Shaped
from typing import Any

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of
from reference.windows import convolution


def forward(
    x: Shaped[Real, "n i h+dilation*(k-1) w+dilation*(l-1)"],
    weight: Shaped[Real, "o i k l"],
    bias: Shaped[Real, "o"],
    *,
    stride: Shaped[int, Try((1, 2, 3)), Range(1, 4)] = 1,
    padding: Shaped[int, Try((0, 1, 2)), Range(0, 3)] = 0,
    dilation: Shaped[int, Try((1, 2)), Range(1, 3)] = 1,
) -> Shaped[Real, "n o rows columns"]:
    return convolution.forward(x, weight, bias, stride=stride, padding=padding, dilation=dilation)


@settings_of(forward)
def backward(grad: Real, x: Real, weight: Real, bias: Real, **settings: Any) -> Gradients:
    return convolution.SPEC.backward(grad, x, weight, bias, **settings)


def stride_leaves_out(f, x, weight, bias, *, stride, **settings):
    """A stride of s keeps every s-th output of a stride of 1."""
    every = f(x, weight, bias, stride=1, **settings)
    return f(x, weight, bias, stride=stride, **settings), every[..., ::stride, ::stride]


def channels_are_added(f, x, weight, bias, **settings):
    """The outputs of all channels together are the sum of the outputs of each."""
    parts = [
        f(x[:, i : i + 1], weight[:, i : i + 1], 0 * bias, **settings) for i in range(x.shape[1])
    ]
    return f(x, weight, 0 * bias, **settings), sum(parts)


def turned(f, x, weight, bias, **settings):
    """Image and kernel with rows and columns exchanged give outputs with them exchanged."""
    swapped = f(x.swapaxes(2, 3), weight.swapaxes(2, 3), bias, **settings)
    return swapped.swapaxes(2, 3), f(x, weight, bias, **settings)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, weight, bias, **settings: torch.nn.functional.conv2d(
        x, weight, bias, **settings
    ),
    properties=(stride_leaves_out, channels_are_added, turned),
)
