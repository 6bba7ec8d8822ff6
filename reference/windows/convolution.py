"""Convolution: each output is a weighted sum of a window of the image, the same at every place.

    y[n, o, j] = b[o] + sum_{i, k} w[o, i, k] x[n, i, j stride + k dilation]      (forward)
    dL/dx[n, i, j stride + k dilation] += sum_o w[o, i, k] g[n, o, j]             (g = dL/dy)
    dL/dw[o, i, k] = sum_{n, j} g[n, o, j] x[n, i, j stride + k dilation]
    dL/db[o] = sum_{n, j} g[n, o, j]

x is the padded image, and j and k have one to three axes each. The image has shape (n, channels,
*axes), the weights (outputs, channels / groups, *kernel), as in PyTorch; Keras has the channels
last and the outputs of the kernel last. The kernel is not flipped, so this is what signal
processing calls cross-correlation. Along an axis of length h a kernel of length k gives
(h + 2 padding - dilation (k - 1) - 1) // stride + 1 outputs.

With `groups`, the channels are divided into as many groups, and so are the outputs; each group of
outputs sees its group of channels alone. As many groups as channels is the depthwise convolution.

`stride`, `padding` and `dilation` are one number, or a tuple with one for each axis. `padding` is
how many entries are added before and after an axis; "valid" adds none, and "same" as many as give
an output the length of the image, the odd one after it. PyTorch allows "same" for a stride of 1
only, and so does this; Keras has it for every stride. `padding_mode` says what is added: "zeros";
"reflect", the image mirrored at its first and last entry; "replicate", copies of these two; or
"circular", the image again, as if it were a ring. "reflect" needs an axis longer than the padding,
and "circular" one not shorter. In PyTorch the modules have these modes and the functions do not.

Shapes and settings that do not match raise ValueError, and so does a kernel longer than the padded
image. An empty batch gives an empty output. A padded zero times an infinite weight is nan.

    >>> x, w = np.array([[[1, 2, 4, 8]]]), np.array([[[-1, 1]]])
    >>> forward(x, w, np.array([10])), forward(x, w, None, padding="same", padding_mode="circular")
    (array([[[11, 12, 14]]]), array([[[ 1,  2,  4, -7]]]))

Source: LeCun et al. 1989; Dumoulin and Visin 2016, sections 2.4 and 5.1; Goodfellow, Bengio,
Courville 2016, eq. 9.6; Krizhevsky et al. 2012 (groups); Yu and Koltun 2016, eq. 2 (dilation).
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Maybe, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._windows import Lengths, Windows


def forward(
    x: Shaped[Real, "n groups*i *h+2+dilation*(k-1)"],
    weight: Shaped[Real, "groups*o i *k"],
    bias: Shaped[Real | None, "groups*o", Maybe()],
    *,
    stride: Shaped[int | Lengths, Try((1, 2)), Range(1, 4), Each("k")] = 1,
    padding: Shaped[int | Lengths | str, Try((0, 1, 2, "same", "valid")), Each("k")] = 0,
    padding_mode: Shaped[str, Try(("zeros", "reflect", "replicate", "circular"))] = "zeros",
    dilation: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("k")] = 1,
    groups: Shaped[int, Try((1, 2, 3))] = 1,
) -> Shaped[Real, "n groups*o ..."]:
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    image, kernel, at = _by_group(x, weight, groups, padding_mode, **settings)
    y = sum(kernel[k] @ _in_a_row(image[window]) for k, window in at.entries)
    y = np.reshape(y, (len(x), len(weight), *at.counts))
    return y if bias is None else y + np.reshape(bias, (len(weight),) + (1,) * len(at.counts))


@settings_of(forward)
def backward(
    grad: Real,
    x: Real,
    weight: Real,
    bias: Real | None,
    *,
    padding_mode: str,
    groups: int,
    **settings: Any,
) -> Gradients:
    image, kernel, at = _by_group(x, weight, groups, padding_mode, **settings)
    g = np.reshape(grad, (len(x), *kernel.shape[:2], math.prod(at.counts)))
    dtype = np.result_type(grad, x, weight)
    dimage, dkernel = np.zeros_like(image, dtype=dtype), np.zeros_like(kernel, dtype=dtype)
    for k, window in at.entries:
        part = image[window]
        dimage[window] += np.reshape(kernel[k].swapaxes(-1, -2) @ g, part.shape)
        dkernel[k] = (g @ _in_a_row(part).swapaxes(-1, -2)).sum(axis=0)
    dpadded = np.reshape(dimage, (*x.shape[:2], *dimage.shape[3:]))
    dx = _windows.unpadded(dpadded, at.pads, padding_mode)
    dbias: Any = None if bias is None else grad.sum(axis=(0, *range(2, grad.ndim)))
    return dx, np.reshape(dkernel, weight.shape), dbias


def _by_group(
    x: Real, weight: Real, groups: int, mode: str, **settings: Any
) -> tuple[Real, Real, Windows]:
    """The padded image (n, groups, i, *axes), the kernel (groups, o, i, *k), and the windows."""
    outputs, inputs, *_ = weight.shape
    channels = groups * inputs
    if x.ndim != weight.ndim or x.shape[1] != channels or groups < 1 or outputs % groups:
        raise ValueError(
            f"an image of {x.shape} and a weight of {weight.shape} do not match in {groups} groups"
        )
    at = _windows.over(x.shape[2:], weight.shape[2:], **settings)
    image = _windows.padded(x, at.pads, mode)
    image = np.reshape(image, (len(x), groups, inputs, *image.shape[2:]))
    kernel = np.reshape(weight, (groups, outputs // groups, *weight.shape[1:]))
    return image, kernel, at


def _in_a_row(part: Real) -> Real:
    return np.reshape(part, (*part.shape[:3], math.prod(part.shape[3:])))


def a_kernel_of_one_copies(f, x, weight, bias, **settings):
    """A kernel that is 1 in its last place and 0 elsewhere copies the image from there on."""
    channels, size = x.shape[1], weight.shape[2:]
    unit = np.zeros_like(weight, shape=(channels, channels, *size))
    last: Any = (..., *[-1] * len(size))
    unit[last] = np.eye(channels)
    copy = f(x, unit, None, **{**settings, "stride": 1, "padding": 0, "groups": 1})
    return copy, x[..., *(slice(-length, None) for length in copy.shape[2:])]


def groups_are_side_by_side(f, x, weight, bias, *, groups, **settings):
    """Each group of channels is a convolution of its own."""
    parts = zip(np.split(x, groups, axis=1), np.split(weight, groups), strict=True)
    apart = [f(image, kernel, None, groups=1, **settings) for image, kernel in parts]
    return f(x, weight, None, groups=groups, **settings), np.concatenate(apart, axis=1)


def stride_leaves_out(f, x, weight, bias, *, stride, **settings):
    """A stride of s keeps every s-th output of a stride of 1."""
    kept = _windows.every(_windows.each("stride", stride, x.ndim - 2))
    all_of_them = f(x, weight, bias, stride=1, **settings)
    return f(x, weight, bias, stride=stride, **settings), all_of_them[kept]


def dilation_is_zeros_between(f, x, weight, bias, *, dilation, **settings):
    """A dilated kernel is a longer kernel with zeros between its entries."""
    steps = _windows.each("dilation", dilation, x.ndim - 2)
    spans = _windows.reach(weight.shape[2:], steps)
    longer = np.zeros_like(weight, shape=(*weight.shape[:2], *spans))
    longer[_windows.every(steps)] = weight
    dilated = f(x, weight, bias, dilation=dilation, **settings)
    return dilated, f(x, longer, bias, dilation=1, **settings)


def turns_with_a_ring(f, x, weight, bias, **settings):
    """If the image is a ring, turning it turns the outputs."""
    ring = {**settings, "stride": 1, "padding": "same", "padding_mode": "circular"}
    turned = f(np.roll(x, 1, axis=-1), weight, bias, **ring)
    return turned, np.roll(f(x, weight, bias, **ring), 1, axis=-1)


def _torch(torch, x, weight, bias, **settings):
    outputs, _, *size = weight.shape
    layer = getattr(torch.nn, f"Conv{len(size)}d")  # its functions have no padding_mode
    layer = layer(x.shape[1], outputs, size, bias=bias is not None, device="meta", **settings)
    given = {"weight": weight} if bias is None else {"weight": weight, "bias": bias}
    return torch.func.functional_call(layer, given, x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        a_kernel_of_one_copies,
        groups_are_side_by_side,
        stride_leaves_out,
        dilation_is_zeros_between,
        turns_with_a_ring,
    ),
    possible=lambda x, weight, bias, padding, stride, **_: padding != "same" or np.max(stride) == 1,
)
