"""Max unpooling: each value goes back to where max pooling took it from, and all else is 0.

    y[n, c, indices[n, c, j]] = x[n, c, j]                   (forward, 0 where no index points)
    dL/dx[n, c, j] = g[n, c, indices[n, c, j]]               (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch. The indices have the shape of
x and count the entries of one image and channel of the output from 0, row by row, as the second
result of max pooling does. They have no derivative. Keras has no max unpooling.

`size`, `stride` and `padding` are those of the pooling that is undone: one number, or a tuple with
one for each axis. The stride is the size unless it is given. They decide only how long the output
is, which is (h - 1) stride - 2 padding + size + output_padding along an axis of length h.
`output_padding` chooses among the lengths of which that pooling makes h windows; its absolute value
is less than the stride. PyTorch is given the length itself, as output_size.

If several indices of one image and channel are equal, the last value remains and all of them get
the gradient, as in PyTorch on a CPU. Windows of a pooling that overlap give such indices, with
equal values. An index outside of the output raises ValueError, and so do shapes and settings that
do not match. An empty batch gives an empty output.

    >>> forward(np.array([[[3, 4, 5]]]), np.array([[[0, 2, 5]]]), size=2)
    array([[[3, 0, 4, 0, 0, 5]]])

Source: Zeiler, Taylor, Fergus 2011, section 2.2; Zeiler and Fergus 2014, section 2.1.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Below, Each, Gradients, Index, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._windows import Lengths


def forward(
    x: Shaped[Real, "n c *h+padding"],
    indices: Shaped[
        Index,
        "n c *h+padding",
        Below(
            "*(h+padding-1)*(stride or size)-2*padding+size+output_padding",
            differ=True,
        ),
    ],
    *,
    size: Shaped[int | Lengths, Try((2, 3)), Range(2, 5), Each("h")] = 2,
    stride: Shaped[int | Lengths | None, Try((None, 2, 3)), Each("h")] = None,
    padding: Shaped[int | Lengths, Try((0, 1)), Each("h")] = 0,
    output_padding: Shaped[int | Lengths, Try((0, 1)), Each("h")] = 0,
) -> Shaped[Real, "n c ..."]:
    steps = {"size": size, "stride": stride, "padding": padding}
    lengths, at = _placed(x, indices, **steps, output_padding=output_padding)
    y = np.zeros_like(x, shape=(*x.shape[:2], math.prod(lengths)))
    np.put_along_axis(y, at, np.reshape(x, at.shape), axis=2)
    return np.reshape(y, (*x.shape[:2], *lengths))


@settings_of(forward)
def backward(grad: Real, x: Real, indices: Index, **settings: Any) -> Gradients:
    lengths, at = _placed(x, indices, **settings)
    rows = np.reshape(grad, (*x.shape[:2], math.prod(lengths)))
    return (np.reshape(np.take_along_axis(rows, at, axis=2), x.shape),)


def output_lengths(
    x: Real, *, size: Any, stride: Any, padding: Any, output_padding: Any
) -> Lengths:
    """The lengths of the axes of the output. Raises ValueError where there are none."""
    rank = x.ndim - 2
    sizes = _windows.each("size", size, rank)
    strides = sizes if stride is None else _windows.each("stride", stride, rank)
    pads = _windows.each("padding", padding, rank, least=0)
    least = 1 - min(strides, default=1)
    more = _windows.each("output_padding", output_padding, rank, least=least)
    if any(abs(extra) >= s for extra, s in zip(more, strides, strict=True)):
        raise ValueError(f"an output_padding of {more} is not below the stride {strides}")
    along = zip(x.shape[2:], sizes, strides, pads, more, strict=True)
    lengths = tuple((h - 1) * s - 2 * pad + k + extra for h, k, s, pad, extra in along)
    if not lengths or min(lengths) < 1:
        raise ValueError(f"an image of {x.shape} cannot be unpooled to lengths of {lengths}")
    return lengths


def _placed(x: Real, indices: Index, **settings: Any) -> tuple[Lengths, Index]:
    """The lengths of the output, and the indices of each image and channel in a row."""
    lengths = output_lengths(x, **settings)
    if indices.shape != x.shape:
        raise ValueError(f"indices of {indices.shape} do not match values of {x.shape}")
    if np.any((indices < 0) | (indices >= math.prod(lengths))):
        raise ValueError(f"an index lies outside of an output of {lengths}")
    return lengths, np.reshape(indices, (*x.shape[:2], math.prod(x.shape[2:])))


def values_are_at_the_indices(f, x, indices, **settings):
    """The entries of the output at the indices are the values."""
    rows = _rows(f(x, indices, **settings))
    return np.take_along_axis(rows, _rows(indices), axis=2).reshape(x.shape), x


def nothing_is_added(f, x, indices, **settings):
    """The sum of the output is the sum of the values: everything else is 0."""
    return _rows(f(x, indices, **settings)).sum(axis=2), _rows(x).sum(axis=2)


def order_does_not_matter(f, x, indices, **settings):
    """Values may come in any order, together with their indices."""
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    return f(x[turned], indices[turned], **settings), f(x, indices, **settings)


def doubles(f, x, indices, **settings):
    """Twice the values give twice the output."""
    return f(2 * x, indices, **settings), 2 * f(x, indices, **settings)


def _rows(x):
    return np.reshape(x, (*x.shape[:2], math.prod(x.shape[2:])))


def _possible(x, indices, **settings):
    try:
        _, at = _placed(x, indices, **settings)
    except ValueError:
        return False
    ordered = np.sort(at, axis=2)
    return not np.any(ordered[..., 1:] == ordered[..., :-1])


def _torch(torch, x, indices, output_padding, **settings):
    unpool = getattr(torch.nn.functional, f"max_unpool{x.ndim - 2}d")
    lengths = output_lengths(x, **settings, output_padding=output_padding)
    steps = (settings["size"], settings["stride"], settings["padding"])
    return unpool(x, indices, *steps, output_size=lengths)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        values_are_at_the_indices,
        nothing_is_added,
        order_does_not_matter,
        doubles,
    ),
    possible=_possible,
)
