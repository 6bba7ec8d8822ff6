"""Unflatten: one axis becomes several.

    y[.., i, j, ..] = x[.., i L + j, ..]                                      (forward)
    dL/dx has the numbers of g = dL/dy, in the shape of x                     (backward)

`axis` becomes axes of the lengths `sizes`, whose product is its length; the last of them runs
fastest, and L is the product of those behind i. One length may be -1: it is then worked out from
the others. A negative axis counts from the last one. It undoes flatten. PyTorch has it as module
and method; Keras has Reshape. Sizes that do not match the axis raise ValueError.

    >>> forward(np.array([[1, 2, 3, 4, 5, 6]]), axis=1, sizes=(2, -1))
    array([[[1, 2, 3],
            [4, 5, 6]]])

Source: PyTorch's Unflatten.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "6 6 ..."],
    *,
    axis: Shaped[int, Try((1, 0))],
    sizes: Shaped[tuple[int, ...], Try(((2, 3), (3, -1), (-1, 1, 2), (6,)))],
) -> Shaped[Real, "..."]:
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(f"an array with {x.ndim} axes has no axis {axis}")
    at = axis % x.ndim
    known = math.prod(size for size in sizes if size != -1)
    free = sizes.count(-1)
    worked_out = x.shape[at] // known if known and free == 1 else -1
    lengths = tuple(worked_out if size == -1 else size for size in sizes)
    if not lengths or min(lengths) < 0 or math.prod(lengths) != x.shape[at]:
        raise ValueError(f"an axis of length {x.shape[at]} does not divide into {sizes}")
    return np.reshape(x, (*x.shape[:at], *lengths, *x.shape[at + 1 :])).copy()


@settings_of(forward)
def backward(grad: Real, x: Real, *, axis: int, sizes: tuple[int, ...]) -> Gradients:
    return (np.reshape(grad, x.shape).copy(),)


def keeps_the_order(f, x, **settings):
    """The numbers stay in their order, whichever axis is divided."""
    return f(x, **settings).ravel(), x.ravel()


def flattened_again(f, x, *, axis, sizes):
    """To flatten the new axes gives the array back."""
    return f(x, axis=axis, sizes=sizes).reshape(x.shape), x


def one_length_may_be_left_open(f, x, *, axis, sizes):
    """A length of -1 is what the others leave."""
    return f(x, axis=axis, sizes=(2, -1)), f(x, axis=axis, sizes=(2, 3))


def other_axes_do_not_matter(f, x, *, axis, sizes):
    """Twice as many numbers along another axis are divided alike."""
    longer = f(np.concatenate([x, x], axis=1 - axis), axis=axis, sizes=sizes)
    once = f(x, axis=axis, sizes=sizes)
    return longer, np.concatenate([once, once], axis=0 if axis else len(sizes))


def _torch(torch, x, axis, sizes):
    return torch.unflatten(x, axis, sizes)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        keeps_the_order,
        flattened_again,
        one_length_may_be_left_open,
        other_axes_do_not_matter,
    ),
)
