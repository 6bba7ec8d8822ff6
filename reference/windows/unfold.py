"""Unfold: the windows of an image side by side, each of them a column.

    y[n, (c, k), j] = x[n, c, j stride + k dilation]                          (forward)
    dL/dx[n, c, i] = sum of g[n, (c, k), j] over all windows j around i       (backward, g = dL/dy)

A convolution is then one product of matrices, which is why it is often computed so; others call
this im2col. Images have shape (n, c, *axes) with one to three axes; PyTorch has it for two. The
output has shape (n, c K, L): K is the number of entries of a window and L the number of windows,
both counted row by row. All entries of the first channel come first, as in PyTorch. What the
padding adds is 0. Where windows overlap, an entry occurs several times, so `fold` of the result is
not the image, but the image times how often each entry occurs.

`size`, `stride`, `padding` and `dilation` are one number, or a tuple with one for each axis. Along
an axis of length h there are (h + 2 padding - dilation (size - 1) - 1) / stride + 1 windows,
rounded down. Shapes and settings that do not match raise ValueError, and so does an image without
a window. An empty batch gives an empty output.

    >>> forward(np.array([[[1, 2, 3, 4]]]), size=2)
    array([[[1, 2, 3],
            [2, 3, 4]]])

Source: Chellapilla, Puri, Simard 2006, section 3.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._windows import Lengths, Windows


def forward(
    x: Shaped[Real, "n c *h+dilation*(size-1)"],
    *,
    size: Shaped[int | Lengths, Try((2, 3)), Range(1, 4), Each("h")],
    stride: Shaped[int | Lengths, Try((1, 2)), Range(1, 4), Each("h")] = 1,
    padding: Shaped[int | Lengths, Try((0, 1)), Each("h")] = 0,
    dilation: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("h")] = 1,
) -> Shaped[Real, "n entries windows"]:
    at = _over(x, size, stride=stride, padding=padding, dilation=dilation)
    return columns(_windows.padded(x, at.pads), at)


@settings_of(forward)
def backward(grad: Real, x: Real, *, size: Any, **settings: Any) -> Gradients:
    at = _over(x, size, **settings)
    return (_windows.unpadded(image(grad, x.shape, at), at.pads),)


def columns(padded: Real, at: Windows) -> Real:
    """The windows of a padded image as columns."""
    shape = (*padded.shape[:2], len(at.entries), math.prod(at.counts))
    y = np.zeros_like(padded, shape=shape)
    for number, (_, window) in enumerate(at.entries):
        y[:, :, number] = padded[window].reshape(*shape[:2], shape[3])
    return y.reshape(shape[0], shape[1] * shape[2], shape[3])


def image(columns: Real, shape: tuple[int, ...], at: Windows) -> Real:
    """The transpose: the padded image to which each column has added its entries."""
    lengths = [before + h + after for h, (before, after) in zip(shape[2:], at.pads, strict=True)]
    padded = np.zeros_like(columns, shape=(*shape[:2], *lengths))
    entries = np.reshape(columns, (*shape[:2], len(at.entries), *at.counts))
    for number, (_, window) in enumerate(at.entries):
        padded[window] += entries[:, :, number]
    return padded


def _over(x: Real, size: Any, **settings: Any) -> Windows:
    return _windows.over(x.shape[2:], size, **settings)


def windows_of_one_copy(f, x, **_):
    """A window of one entry gives the image, its places in a row."""
    alone = f(x, size=1, stride=1, padding=0, dilation=1)
    return alone, x.reshape(*x.shape[:2], math.prod(x.shape[2:]))


def channels_on_their_own(f, x, **settings):
    """The first channel alone gives the first rows."""
    alone = f(x[:, :1], **settings)
    return alone, f(x, **settings)[:, : alone.shape[1]]


def first_entries_are_the_image(f, x, *, size, dilation, **_):
    """With a stride of 1 and no padding, the first entries of all windows are the image."""
    plain = {"size": size, "dilation": dilation, "stride": 1, "padding": 0}
    first = f(x[:, :1], **plain)[:, 0]
    rank = x.ndim - 2
    spans = _windows.reach(
        _windows.each("size", size, rank), _windows.each("dilation", dilation, rank)
    )
    kept = tuple(slice(0, h - span + 1) for h, span in zip(x.shape[2:], spans, strict=True))
    return first, x[:, 0][(slice(None), *kept)].reshape(first.shape)


def mirrored(f, x, **settings):
    """With a stride of 1, the mirrored image gives all windows mirrored."""
    settings = {**settings, "stride": 1}
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    y = f(x, **settings)
    rows = y.reshape(*x.shape[:2], y.shape[1] // max(x.shape[1], 1), y.shape[2])
    return f(x[turned], **settings), rows[:, :, ::-1, ::-1].reshape(y.shape)


def _torch(torch, x, size, stride, padding, dilation):
    rank = x.ndim - 2
    if rank == 2:
        return torch.nn.functional.unfold(x, size, dilation, padding, stride)
    sizes = _windows.each("size", size, rank)  # PyTorch has none: a convolution that copies
    count = x.shape[1] * math.prod(sizes)
    weight = torch.eye(count, dtype=x.dtype).reshape(count, x.shape[1], *sizes)
    convolve = getattr(torch.nn.functional, f"conv{rank}d")
    return convolve(x, weight, None, stride, padding, dilation).flatten(2)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        windows_of_one_copy,
        channels_on_their_own,
        first_entries_are_the_image,
        mirrored,
    ),
)
