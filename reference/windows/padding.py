"""Padding: entries around an image, or fewer of its own.

    y[n, c, i + before] = x[n, c, i]          (forward; what is around it depends on the mode)
    dL/dx[n, c, i] = sum of g[n, c, j] over the j that copy i                (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch; Keras has the channels last.
`before` and `after` say how many entries are added at the beginning and at the end of an axis: one
number, or a tuple with one for each axis. A negative number cuts off as many. Cutting comes first.
PyTorch's function `pad` takes one list of both, beginning with the last axis.

What is added depends on `mode`: "constant" adds `value`; "reflect" the image mirrored at its first
and last entry, which are not repeated; "replicate" copies of these two; and "circular" the image
again, as if it were a ring. "reflect" needs an axis longer than what is added, and "circular" one
not shorter. PyTorch has a module for each mode and rank, from ReflectionPad1d to CircularPad3d, and
Keras has ZeroPadding and Cropping.

Numbers that do not match the image, that cut off all of it, or for which it is too short, raise
ValueError.

    >>> x = np.array([[[1, 2, 3]]])
    >>> forward(x, before=2, after=-1, mode="circular"), forward(x, mode="reflect")
    (array([[[1, 2, 1, 2]]]), array([[[2, 1, 2, 3, 2]]]))

Source: Goodfellow, Bengio, Courville 2016, section 9.5 (zeros); Liu et al. 2018, section 3 (the
other modes).
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._windows import Lengths, Pads

CUT = -(10**9)  # no image is so long that as much could be cut off


def forward(
    x: Shaped[Real, "n c *h+4"],
    *,
    before: Shaped[int | Lengths, Try((1, 0, 2, -1)), Each("h")] = 1,
    after: Shaped[int | Lengths, Try((1, 0, 2, -1)), Each("h")] = 1,
    mode: Shaped[str, Try(("constant", "reflect", "replicate", "circular"))] = "constant",
    value: Shaped[float, Try((0.0, 1.5)), Range(-2.0, 2.0)] = 0.0,
) -> Shaped[Real, "n c ..."]:
    kept, pads = _kept(x, before, after)
    real = x if mode != "constant" else x.astype(np.result_type(x, value))
    return _windows.padded(real[kept].copy(), pads, _named(mode), value)


@settings_of(forward)
def backward(grad: Real, x: Real, *, before: Any, after: Any, mode: str, value: float) -> Gradients:
    kept, pads = _kept(x, before, after)
    dx = np.zeros_like(grad, shape=x.shape)
    dx[kept] = _windows.unpadded(grad, pads, _named(mode))
    return (dx,)


def _kept(x: Real, before: Any, after: Any) -> tuple[Any, Pads]:
    """Which part of the image is kept, and what is added around it."""
    rank = x.ndim - 2
    first = _windows.each("before", before, rank, CUT)
    last = _windows.each("after", after, rank, CUT)
    ends = [(max(-a, 0), n - max(-b, 0)) for n, a, b in zip(x.shape[2:], first, last, strict=True)]
    if any(begin >= end for begin, end in ends):
        raise ValueError(f"nothing is left of an image of {x.shape[2:]}: {before}, {after}")
    pads = tuple((max(a, 0), max(b, 0)) for a, b in zip(first, last, strict=True))
    return (..., *(slice(begin, end) for begin, end in ends)), pads


def _named(mode: str) -> str:
    """The mode as in the padding of a convolution."""
    return {"constant": "zeros", "zeros": ""}.get(mode, mode)


def cutting_undoes_adding(f, x, *, before, after, **settings):
    """To cut off what was added gives the image back."""
    around = f(x, before=2, after=1, **settings)
    return f(around, before=-2, after=-1, **settings), x


def mirrored(f, x, *, before, after, **settings):
    """The mirrored image with both numbers exchanged gives the mirrored result."""
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    other = f(x[turned], before=after, after=before, **settings)
    return other, f(x, before=before, after=after, **settings)[turned]


def a_ring_turns(f, x, **settings):
    """In mode "circular", to move entries from the end to the beginning turns the image."""
    ring = {**settings, "mode": "circular", "before": 2, "after": 0}
    within = (..., *(slice(0, length) for length in x.shape[2:]))
    return f(x, **ring)[within], np.roll(x, 2, axis=tuple(range(2, x.ndim)))


def only_the_frame_depends_on_the_value(f, x, *, mode, value, **settings):
    """In mode "constant", adding a number to image and value adds it to the result."""
    there = f(x + 3.0, mode="constant", value=value + 3.0, **settings)
    return there, f(x, mode="constant", value=value, **settings) + 3.0


def _torch(torch, x, before, after, mode, value):
    rank = x.ndim - 2
    pairs = zip(*(_windows.each("", v, rank, CUT) for v in (before, after)), strict=True)
    turned = [number for pair in reversed(list(pairs)) for number in pair]
    given = {"value": value} if mode == "constant" else {}
    return torch.nn.functional.pad(x, turned, mode, **given)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(cutting_undoes_adding, mirrored, a_ring_turns, only_the_frame_depends_on_the_value),
)
