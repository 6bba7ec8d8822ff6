"""Separable convolution: one kernel for each channel, and then a mixture of the channels.

    z[n, c m + t, j] = sum_k d[c m + t, 0, k] x[n, c, j stride + k dilation]        (for t below m)
    y[n, o, j] = b[o] + sum_i p[o, i] z[n, i, j]                                    (forward)
    dL/dz = p^T g,   dL/dp = sum g z^T,   dL/db = sum g                             (g = dL/dy)
    dL/dx and dL/dd are those of the first convolution, for dL/dz                   (backward)

The first step is a depthwise convolution: each channel has m kernels of its own, so `depthwise` has
shape (c m, 1, *kernel). The second is a convolution with a kernel of one entry, and `pointwise` has
shape (outputs, c m). Together they have c m k + outputs c m weights, where an ordinary convolution
has outputs c k. The image has shape (n, c, *axes) with one to three axes. Keras has the layers
SeparableConv1D and SeparableConv2D, with the channels last, the kernel as (*kernel, c, m), and the
mixture as (1, 1, c m, outputs); PyTorch has two convolutions, the first with `groups` c.

`stride`, `padding` and `dilation` are those of the first step: one number, or a tuple with one for
each axis. `padding` is how many zeros are added before and after an axis; "valid" adds none, and
"same" as many as keep the length, for a stride of 1. Shapes and settings that do not match raise
ValueError.

    >>> x, d = np.array([[[1, 2, 4], [1, 1, 1]]]), np.array([[[1, 1]], [[2, 3]]])
    >>> forward(x, d, np.array([[1, 10]]), None)
    array([[[53, 56]]])

Source: Sifre 2014, section 6.2; Chollet 2017, section 1.1; Howard et al. 2017, section 3.1.
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Maybe, Range, Real, Spec, Try, settings_of
from reference.windows import convolution
from reference.windows._windows import Lengths


def forward(
    x: Shaped[Real, "n c *h+2+dilation*(k-1)"],
    depthwise: Shaped[Real, "c*m 1 *k"],
    pointwise: Shaped[Real, "o c*m"],
    bias: Shaped[Real | None, "o", Maybe()],
    *,
    stride: Shaped[int | Lengths, Try((1, 2)), Range(1, 4), Each("k")] = 1,
    padding: Shaped[int | Lengths | str, Try((0, 1, "same", "valid")), Each("k")] = 0,
    dilation: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("k")] = 1,
) -> Shaped[Real, "n o ..."]:
    settings: Any = {"stride": stride, "padding": padding, "dilation": dilation}
    z = convolution.forward(x, depthwise, None, groups=x.shape[1], **settings)
    return convolution.forward(z, _kernel(pointwise, x), bias)


@settings_of(forward)
def backward(
    grad: Real, x: Real, depthwise: Real, pointwise: Real, bias: Real | None, **settings: Any
) -> Gradients:
    channels = x.shape[1]
    z = convolution.forward(x, depthwise, None, groups=channels, **settings)
    dz, dpointwise, dbias = convolution.backward(grad, z, _kernel(pointwise, x), bias)
    dx, ddepthwise, _ = convolution.backward(dz, x, depthwise, None, groups=channels, **settings)
    return dx, ddepthwise, np.reshape(dpointwise, pointwise.shape), dbias


def _kernel(pointwise: Real, x: Real) -> Real:
    """The mixture as a kernel of one entry."""
    if pointwise.ndim != 2:
        raise ValueError(f"the mixture has shape {pointwise.shape}, not (outputs, channels)")
    return np.reshape(pointwise, pointwise.shape + (1,) * (x.ndim - 2))


def is_one_convolution(f, x, depthwise, pointwise, bias, **settings):
    """It is one convolution whose kernels are mixtures of those of the channels."""
    channels = x.shape[1]
    apart = np.zeros_like(depthwise, shape=(len(depthwise), channels, *depthwise.shape[2:]))
    each = len(depthwise) // channels
    for row, kernel in enumerate(depthwise):
        apart[row, row // each] = kernel[0]
    mixed = np.tensordot(pointwise, apart, axes=1)
    y = f(x, depthwise, pointwise, bias, **settings)
    return y, convolution.forward(x, mixed, bias, **settings)


def linear_in_the_mixture(f, x, depthwise, pointwise, bias, **settings):
    """Twice the mixture gives twice the output, without a bias."""
    twice = f(x, depthwise, 2 * pointwise, None, **settings)
    return twice, 2 * f(x, depthwise, pointwise, None, **settings)


def a_channel_of_zeros_changes_nothing(f, x, depthwise, pointwise, bias, **settings):
    """A further channel of zeros, whatever its kernels are, changes nothing."""
    each = len(depthwise) // x.shape[1]
    wider = np.concatenate([x, 0 * x[:, :1]], axis=1)
    kernels = np.concatenate([depthwise, depthwise[:each] + 1])
    mixture = np.concatenate([pointwise, pointwise[:, :each] + 1], axis=1)
    y = f(x, depthwise, pointwise, bias, **settings)
    return f(wider, kernels, mixture, bias, **settings), y


def _torch(torch, x, depthwise, pointwise, bias, **settings):
    convolve = getattr(torch.nn.functional, f"conv{x.ndim - 2}d")
    z = convolve(x, depthwise, None, groups=x.shape[1], **settings)
    return convolve(z, pointwise.reshape(*pointwise.shape, *[1] * (x.ndim - 2)), bias)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(is_one_convolution, linear_in_the_mixture, a_channel_of_zeros_changes_nothing),
    possible=lambda x, depthwise, pointwise, bias, padding, stride, **_: (
        padding != "same" or np.max(stride) == 1
    ),
)
