"""Transposed convolution: each entry of the image adds a copy of the kernel to the output.

    y[n, o, j stride + k dilation] += sum_i w[i, o, k] x[n, i, j]            (forward, then + b[o])
    dL/dx[n, i, j] = sum_{o, k} w[i, o, k] g[n, o, j stride + k dilation]    (g = dL/dy)
    dL/dw[i, o, k] = sum_{n, j} x[n, i, j] g[n, o, j stride + k dilation]
    dL/db[o] = sum_{n, j} g[n, o, j]

y and g are those with the padding, which is cut off, and j and k have one to three axes each. The
forward is the gradient of a convolution by its image, and its gradient by x is a convolution. The
image has shape (n, channels, *axes), the weights (channels, outputs / groups, *kernel), as in
PyTorch; Keras has the channels last, and the outputs of the kernel before its inputs.

Along an axis of length h a kernel of length k gives
(h - 1) stride - 2 padding + dilation (k - 1) + output_padding + 1 outputs. `padding` is how many
are cut off at both ends, so that this is the length of an image of which a convolution with the
same settings makes h outputs. With a stride of 2 or more it makes h of several lengths:
`output_padding` adds to the end of the output to choose among them. It must be smaller than the
stride or the dilation. PyTorch calls the function conv_transpose1d to 3d, others a deconvolution.

`stride`, `padding`, `output_padding` and `dilation` are one number, or a tuple with one for each
axis. With `groups`, each group of outputs sees its group of channels alone. Shapes and settings
that do not match, or that leave no output, raise ValueError.

    >>> x, w = np.array([[[1, 2]]]), np.array([[[1, 10, 100]]])
    >>> forward(x, w, None), forward(x, w, None, stride=2, padding=1, output_padding=1)
    (array([[[  1,  12, 120, 200]]]), array([[[ 10, 102,  20, 200]]]))

Source: Zeiler, Krishnan, Taylor, Fergus 2010; Dumoulin and Visin 2016, chapter 4.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Maybe, Range, Real, Spec, Try, settings_of
from reference.windows import _windows, convolution
from reference.windows._windows import Lengths


def forward(
    x: Shaped[Real, "n groups*i *h+2+0*k"],
    weight: Shaped[Real, "groups*i o *k"],
    bias: Shaped[Real | None, "groups*o", Maybe()],
    *,
    stride: Shaped[int | Lengths, Try((1, 2)), Range(1, 4), Each("k")] = 1,
    padding: Shaped[int | Lengths, Try((0, 1)), Each("k")] = 0,
    output_padding: Shaped[int | Lengths, Try((0, 1)), Each("k")] = 0,
    dilation: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("k")] = 1,
    groups: Shaped[int, Try((1, 2, 3))] = 1,
) -> Shaped[Real, "n groups*o ..."]:
    lengths = {"padding": padding, "output_padding": output_padding}
    settings = {"stride": stride, "dilation": dilation, **lengths}
    columns, kernel, copies, whole, kept = _by_group(x, weight, groups, **settings)
    shape = (len(x), groups, kernel.shape[2], *whole)
    image = np.zeros_like(x, shape=shape, dtype=np.result_type(x, weight))
    for k, place in copies:
        part = image[place]
        part += np.reshape(kernel[k].swapaxes(-1, -2) @ columns, part.shape)
    y = np.reshape(image[kept], (len(x), groups * kernel.shape[2], *image[kept].shape[3:]))
    return y if bias is None else y + np.reshape(bias, (len(bias),) + (1,) * (x.ndim - 2))


@settings_of(forward)
def backward(
    grad: Real, x: Real, weight: Real, bias: Real | None, *, groups: int, **settings: Any
) -> Gradients:
    columns, kernel, copies, whole, kept = _by_group(x, weight, groups, **settings)
    dtype = np.result_type(grad, x, weight)
    dimage = np.zeros_like(grad, shape=(len(x), groups, kernel.shape[2], *whole), dtype=dtype)
    dimage[kept] = np.reshape(grad, dimage[kept].shape)
    dcolumns = np.zeros_like(columns, dtype=dtype)
    dkernel = np.zeros_like(kernel, dtype=dtype)
    for k, place in copies:
        g = _in_a_row(dimage[place])
        dcolumns += kernel[k] @ g
        dkernel[k] = (columns @ g.swapaxes(-1, -2)).sum(axis=0)
    dbias: Any = None if bias is None else grad.sum(axis=(0, *range(2, grad.ndim)))
    return np.reshape(dcolumns, x.shape), np.reshape(dkernel, weight.shape), dbias


def _by_group(x: Real, weight: Real, groups: int, **settings: Any) -> tuple[Any, ...]:
    """The image (n, groups, i, entries), the kernel (groups, i, o, *k), where its copies go in the
    whole output, the lengths of that, and what of it is kept."""
    channels, outputs, *size = weight.shape
    if x.ndim != weight.ndim or x.shape[1] != channels or groups < 1 or channels % groups:
        raise ValueError(
            f"an image of {x.shape} and a weight of {weight.shape} do not match in {groups} groups"
        )
    if 0 in size:
        raise ValueError(f"a kernel of shape {tuple(size)} has no entries")
    rank = len(size)
    least = {"padding": 0, "output_padding": 0}
    each = {k: _windows.each(k, v, rank, least.get(k, 1)) for k, v in settings.items()}
    stride, dilation, more = each["stride"], each["dilation"], each["output_padding"]
    if any(extra >= max(pair) for extra, *pair in zip(more, stride, dilation, strict=True)):
        raise ValueError(f"an output_padding of {more} is not below stride or dilation")
    spans = _windows.reach(tuple(size), dilation)
    terms = zip(x.shape[2:], stride, spans, more, strict=True)
    whole = tuple((n - 1) * s + span + extra for n, s, span, extra in terms)
    pads = list(zip(whole, each["padding"], strict=True))
    if any(length <= 2 * pad for length, pad in pads):
        raise ValueError(f"a padding of {each['padding']} cuts off all of an output of {whole}")
    kept = (..., *(slice(pad, length - pad) for length, pad in pads))
    copies = _windows.entries(x.shape[2:], tuple(size), stride, dilation)
    columns = np.reshape(x, (len(x), groups, channels // groups, math.prod(x.shape[2:])))
    kernel = np.reshape(weight, (groups, channels // groups, outputs, *size))
    return columns, kernel, copies, whole, kept


def _in_a_row(part: Real) -> Real:
    return np.reshape(part, (*part.shape[:3], math.prod(part.shape[3:])))


def is_the_gradient_of_convolution(f, x, weight, bias, *, stride, output_padding, **settings):
    """It is the gradient of a convolution by its image, for x as the upstream gradient."""
    strides = _windows.each("stride", stride, x.ndim - 2)
    longest = _windows.each("output_padding", output_padding, x.ndim - 2, 0)
    more = tuple(min(extra, step - 1) for extra, step in zip(longest, strides, strict=True))
    y = f(x, weight, None, stride=stride, output_padding=more, **settings)
    gradients = convolution.backward(x, np.zeros_like(y), weight, None, stride=stride, **settings)
    return y, gradients[0]


def one_entry_copies_the_kernel(f, x, weight, bias, **settings):
    """An image with a single 1 gives the kernel of its channel."""
    one = np.zeros_like(x, shape=(1, *x.shape[1:2], *[1] * (x.ndim - 2)))
    one[0, 0] = 1
    plain = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}
    return f(one, weight, None, **{**settings, **plain, "groups": 1})[0], weight[0]


def groups_are_side_by_side(f, x, weight, bias, *, groups, **settings):
    """Each group of channels is a transposed convolution of its own."""
    parts = zip(np.split(x, groups, axis=1), np.split(weight, groups), strict=True)
    apart = [f(image, kernel, None, groups=1, **settings) for image, kernel in parts]
    return f(x, weight, None, groups=groups, **settings), np.concatenate(apart, axis=1)


def padding_cuts_off(f, x, weight, bias, *, padding, output_padding, **settings):
    """Padding cuts off as much at both ends."""
    settings["output_padding"] = 0
    whole = f(x, weight, bias, padding=0, **settings)
    pads = _windows.each("padding", padding, x.ndim - 2, 0)
    kept = (slice(p, n - p) for p, n in zip(pads, whole.shape[2:], strict=True))
    if any(n <= 2 * p for p, n in zip(pads, whole.shape[2:], strict=True)):
        return whole, whole
    return f(x, weight, bias, padding=padding, **settings), whole[(..., *kept)]


def _possible(x: Any, weight: Any, bias: Any, groups: int, **settings: Any) -> bool:
    try:
        _by_group(x, weight, groups, **settings)
    except ValueError:
        return False
    return True


def _torch(torch, x, weight, bias, **settings):
    convolve = getattr(torch.nn.functional, f"conv_transpose{x.ndim - 2}d")
    return convolve(x, weight, bias, **settings)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        is_the_gradient_of_convolution,
        one_entry_copies_the_kernel,
        groups_are_side_by_side,
        padding_cuts_off,
    ),
    possible=_possible,
)
