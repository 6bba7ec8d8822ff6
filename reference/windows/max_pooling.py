"""Max pooling: the largest entry of each window, and where it is.

    y[n, c, j] = max_k x[n, c, j stride + k dilation]                    (forward)
    dL/dx[n, c, i] = sum of g[n, c, j] over the windows j that took i    (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch; Keras has the channels last.
The second result counts the entries of one image and channel from 0, row by row and without the
padding, as PyTorch does with return_indices=True. It has no derivative.

`size`, `stride`, `padding` and `dilation` are one number, or a tuple with one for each axis. The
stride is the size unless it is given. What is added before and after an axis is never taken, so it
counts as -inf; at most half of the size can be added. Along an axis of length h there are
(h + 2 padding - dilation (size - 1) - 1) / stride + 1 windows, rounded down, or rounded up with
`ceil_mode`: then the last window may end after the padding, but one that would begin there or in
the padding after the image is left out.

If entries are equal, the first of them is taken, as in PyTorch. At such a tie every way to share
the gradient out is a subgradient. `at_tie` 0 gives each tied entry the least that it can get from
one, and 1 the most: of a positive gradient nothing or all, of a negative one all or nothing. In a
window with nan the last nan is taken.

Shapes and settings that do not match raise ValueError, and so does a window with no entry of the
image, for which PyTorch returns -inf. An empty batch gives an empty output.

    >>> forward(np.array([[[3, 1, 4, 1, 5]]]), size=2, ceil_mode=True)
    (array([[[3, 4, 5]]]), array([[[0, 2, 4]]]))

Source: Ranzato, Huang, Boureau, LeCun 2007; Scherer, Mueller, Behnke 2010; Goodfellow, Bengio,
Courville 2016, section 9.3.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Index, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._largest import (
    NOWHERE,
    AtTie,
    ValuesAndIndices,
    doubles,
    indices_point_at_the_values,
    largest,
    rises_with_the_image,
    shares,
    to_those_taken,
)
from reference.windows._windows import Lengths, Windows


def forward(
    x: Shaped[Real, "n c *h+dilation*(size-1)"],
    *,
    size: Shaped[int | Lengths, Try((2, 3)), Range(2, 5), Each("h")] = 2,
    stride: Shaped[int | Lengths | None, Try((None, 1, 2, 3)), Each("h")] = None,
    padding: Shaped[int | Lengths, Try((0, 1)), Each("h")] = 0,
    dilation: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("h")] = 1,
    ceil_mode: Shaped[bool, Try((False, True))] = False,
) -> ValuesAndIndices:
    steps = {"stride": stride, "padding": padding, "dilation": dilation}
    return largest(*_placed(x, size=size, ceil_mode=ceil_mode, **steps))


@settings_of(forward)
def backward(
    grad: Real,
    x: Real,
    *,
    at_tie: AtTie = None,
    **settings: Any,
) -> Gradients:
    image, places, at = _placed(x, **settings)
    if at_tie is None:
        return (to_those_taken(grad, largest(image, places, at)[1], x.shape),)
    dimage = np.zeros_like(grad, shape=image.shape)
    for window, share in shares(grad, image, places, at, at_tie):
        dimage[window] += share
    return (_windows.unpadded(dimage, at.pads),)


def _placed(x: Real, *, size: Any, **settings: Any) -> tuple[Real, Index, Windows]:
    """The padded image, the place of each of its entries in the image, and the windows."""
    lengths = x.shape[2:]
    at, _ = _windows.of_pooling(lengths, size, **settings)
    places = np.arange(math.prod(lengths)).reshape(lengths)
    return _windows.padded(x, at.pads), np.pad(places, at.pads, constant_values=NOWHERE), at


def stride_leaves_out(f, x, *, stride, ceil_mode, **settings):
    """A stride of s keeps every s-th window of a stride of 1."""
    kept = _windows.every(_windows.each("stride", stride or settings["size"], x.ndim - 2))
    values, indices = f(x, stride=1, ceil_mode=False, **settings)
    return f(x, stride=stride, ceil_mode=False, **settings), (values[kept], indices[kept])


def axis_by_axis(f, x, *, ceil_mode, **settings):
    """The largest entries along one axis after the other end in the largest of the window."""
    settings = {**settings, "stride": settings["stride"] or settings["size"]}
    rank, values = x.ndim - 2, x
    for axis in range(rank):
        along = {name: [1] * rank for name in settings} | {"padding": [0] * rank}
        for name, value in settings.items():
            along[name][axis] = _windows.each(name, value, rank, least=0)[axis]
        alone = {name: tuple(numbers) for name, numbers in along.items()}
        values = f(values, ceil_mode=ceil_mode, **alone)[0]
    return f(x, ceil_mode=ceil_mode, **settings)[0], values


def _torch(torch, x, size, **settings):
    pool = getattr(torch.nn.functional, f"max_pool{x.ndim - 2}d")
    return pool(x, size, **settings, return_indices=True)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        indices_point_at_the_values,
        doubles,
        rises_with_the_image,
        stride_leaves_out,
        axis_by_axis,
    ),
)
