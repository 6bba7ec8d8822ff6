"""Fold: an image to which each column adds its window.

    y[n, c, i] = sum of x[n, (c, k), j] over all j stride + k dilation = i   (forward)
    dL/dx[n, (c, k), j] = g[n, c, j stride + k dilation]                     (backward, g = dL/dy)

This is the transpose of `unfold`, and each is the gradient of the other: what unfold copies from an
entry, fold adds to it. Others call it col2im. Where windows overlap, their entries are added, so
fold does not undo unfold. Columns have shape (n, c K, L), all entries of the first channel first: K
is the number of entries of a window and L the number of windows, both counted row by row. The
output has two axes, as in PyTorch, whose lengths are `output_size`. What falls on the padding is
left out.

`output_size`, `size`, `stride`, `padding` and `dilation` are one number, or a tuple with one for
each axis. Along an axis of length h there are
(h + 2 padding - dilation (size - 1) - 1) / stride + 1 windows, rounded down. Columns of another
number or length raise ValueError, and so do settings that leave no window. An empty batch gives an
empty output.

    >>> forward(np.array([[[1, 2, 3], [4, 5, 6]]]), output_size=(1, 4), size=(1, 2))
    array([[[[1, 6, 8, 6]]]])

Source: Chellapilla, Puri, Simard 2006, section 3.
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Gradients, Real, Spec, Try, settings_of
from reference.windows import _windows, unfold
from reference.windows._windows import Lengths, Windows


def forward(
    x: Shaped[
        Real,
        "n c*size[0]*size[1] "
        "((output_size[0]+2*padding[0]-dilation[0]*(size[0]-1)-1)//stride[0]+1)"
        "*((output_size[1]+2*padding[1]-dilation[1]*(size[1]-1)-1)//stride[1]+1)",
    ],
    *,
    output_size: Shaped[int | Lengths, Try((5, (5, 6), (7, 5)))],
    size: Shaped[int | Lengths, Try((2, 3, (2, 3), (1, 2)))],
    stride: Shaped[int | Lengths, Try((1, 2, (1, 3)))] = 1,
    padding: Shaped[int | Lengths, Try((0, 1, (1, 0)))] = 0,
    dilation: Shaped[int | Lengths, Try((1, 2, (2, 1)))] = 1,
) -> Shaped[Real, "n c ..."]:
    steps = {"stride": stride, "padding": padding, "dilation": dilation}
    shape, at = placed(x, output_size=output_size, size=size, **steps)
    return _windows.unpadded(unfold.image(x, shape, at), at.pads)


@settings_of(forward)
def backward(grad: Real, x: Real, **settings: Any) -> Gradients:
    _, at = placed(x, **settings)
    return (unfold.columns(_windows.padded(grad, at.pads), at),)


def placed(
    x: Real, *, output_size: Any, size: Any, **settings: Any
) -> tuple[tuple[int, ...], Windows]:
    """The shape of the image, and the windows over it."""
    lengths = _windows.each("output_size", output_size, 2)
    at = _windows.over(lengths, size, **settings)
    count, windows = len(at.entries), int(np.prod(at.counts))
    if x.ndim != 3 or x.shape[1] % count or x.shape[2] != windows:
        raise ValueError(f"{x.shape} is not (n, c * {count}, {windows})")
    return (len(x), x.shape[1] // count, *lengths), at


def columns_add_up(f, x, **settings):
    """Two sets of columns added give their two images added."""
    return f(x + 2 * x[::-1], **settings), f(x, **settings) + 2 * f(x[::-1], **settings)


def channels_on_their_own(f, x, **settings):
    """The rows of the first channel alone give the first channel."""
    (_, channels, *_), _ = placed(x, **settings)
    alone = f(x[:, : x.shape[1] // max(channels, 1)], **settings)
    return alone, f(x, **settings)[:, :1]


def counts_the_windows(f, x, **settings):
    """Columns of ones give how many windows each entry is in: all of its windows add 1."""
    shape, at = placed(x, **settings)
    ones = unfold.columns(_windows.padded(np.ones_like(x, shape=shape), at.pads), at)
    return f(ones, **settings).sum(axis=(2, 3)), ones.reshape(*shape[:2], -1).sum(axis=2)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, output_size, size, stride, padding, dilation: torch.nn.functional.fold(
        x, output_size, size, dilation, padding, stride
    ),
    properties=(columns_add_up, channels_on_their_own, counts_the_windows),
)
