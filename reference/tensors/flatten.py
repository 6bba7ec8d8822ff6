"""Flatten: several neighbouring axes become one.

    y[.., i_start L + .. + i_end, ..] = x[.., i_start, .., i_end, ..]         (forward)
    dL/dx has the numbers of g = dL/dy, in the shape of x                     (backward)

The axes from `start` to `end`, both included, become one whose length is the product of theirs; the
last of them runs fastest. Negative numbers count from the last axis. The defaults 1 and -1 keep the
examples apart, as the module Flatten of PyTorch and the layer of Keras do; the function
torch.flatten begins with axis 0. An image in the layout of Keras, channels last, gives its numbers
in another order. An axis that x does not have, or an end before the start, raises ValueError. A
single number has the shape (1,).

    >>> forward(np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
    array([[1, 2, 3, 4],
           [5, 6, 7, 8]])

Source: PyTorch's Flatten; LeCun et al. 1989, before the first dense layer.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Gradients, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n c *h"],
    *,
    start: Shaped[int, Try((1, 0, 2))] = 1,
    end: Shaped[int, Try((-1, 2, -2))] = -1,
) -> Shaped[Real, "..."]:
    first, last = _axes(x, start, end)
    joined = math.prod(x.shape[first : last + 1])
    return np.reshape(x, (*x.shape[:first], joined, *x.shape[last + 1 :])).copy()


@settings_of(forward)
def backward(grad: Real, x: Real, *, start: int, end: int) -> Gradients:
    return (np.reshape(grad, x.shape).copy(),)


def _axes(x: Real, start: int, end: int) -> tuple[int, int]:
    """Both ends counted from the first axis."""
    count = max(x.ndim, 1)
    if not (-count <= start < count and -count <= end < count):
        raise ValueError(f"an array with {x.ndim} axes has no axes {start} to {end}")
    first, last = start % count, end % count
    if first > last:
        raise ValueError(f"axis {end} lies before axis {start}")
    return first, last


def keeps_the_order(f, x, **settings):
    """The numbers stay in their order, whichever axes are joined."""
    return f(x, **settings).ravel(), x.ravel()


def one_axis_stays(f, x, **settings):
    """To flatten a single axis changes nothing."""
    return f(x, start=1, end=1), x


def in_two_steps(f, x, **settings):
    """To join the last two axes first and the others afterwards gives the same."""
    return f(f(x, start=-2, end=-1), start=1, end=-1), f(x, start=1, end=-1)


def _possible(x: Any, start: int, end: int) -> bool:
    return bool(start % x.ndim <= end % x.ndim)


def _torch(torch, x, start, end):
    return torch.flatten(x, start, end)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(keeps_the_order, one_axis_stays, in_two_steps),
    possible=_possible,
)
