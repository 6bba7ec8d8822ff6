"""Permute: the axes of each example in another order.

    y[n, i_d1, i_d2, i_d3] = x[n, i_1, i_2, i_3]                        (forward, d = dims)
    dL/dx[n, i_1, i_2, i_3] = g[n, i_d1, i_d2, i_d3]                    (backward, g = dL/dy)

Axis k of the result is axis dims[k - 1] of x. Axis 0 counts the examples and stays the first, so
dims counts from 1, as in the layer of Keras. PyTorch's torch.permute and NumPy's transpose count
from 0 and name all axes: they take (0, *dims). An example may have any number of axes, and dims
names each of them once; anything else raises ValueError. With dims (2, 1), matrices are transposed;
with (3, 1, 2), the channels of an image come first that were last.

    >>> forward(np.array([[[1, 2, 3], [4, 5, 6]]]), dims=(2, 1))
    array([[[1, 4],
            [2, 5],
            [3, 6]]])

Source: the layer Permute of Keras; PyTorch's permute.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Try, settings_of

ORDERS = ((3, 1, 2), (2, 3, 1), (2, 1, 3), (1, 3, 2), (3, 2, 1), (1, 2, 3))


def forward(
    x: Shaped[Real, "n a b c"], *, dims: Shaped[tuple[int, ...], Try(ORDERS)]
) -> Shaped[Real, "..."]:
    _require_each_axis(x, dims)
    return np.transpose(x, (0, *dims)).copy()


@settings_of(forward)
def backward(grad: Real, x: Real, *, dims: tuple[int, ...]) -> Gradients:
    _require_each_axis(x, dims)
    return (np.transpose(grad, np.argsort((0, *dims))).copy(),)


def _require_each_axis(x: Real, dims: tuple[int, ...]) -> None:
    if sorted(dims) != list(range(1, x.ndim)):
        raise ValueError(f"dims is {dims}, but the axes of an example of {x.shape} count from 1")


def examples_stay(f, x, dims):
    """Reversing the batch reverses the result: no example has anything of another."""
    return f(x[::-1], dims=dims), f(x, dims=dims)[::-1]


def three_turns_and_back(f, x, dims):
    """Three times the last axis to the front is where it began."""
    turn = (3, 1, 2)
    return f(f(f(x, dims=turn), dims=turn), dims=turn), x


def undone_by_the_inverse(f, x, dims):
    """What moves each axis back to its place undoes it."""
    back = tuple(dims.index(k) + 1 for k in (1, 2, 3))
    return f(f(x, dims=dims), dims=back), x


def an_axis_is_where_dims_says(f, x, dims):
    """Numbers that count along the first axis of an example count along the axis where it is."""
    counts = np.arange(x.shape[1])
    y = f(0 * x + counts[:, None, None], dims=dims)
    lengths = [1, 1, 1]
    lengths[dims.index(1)] = len(counts)
    return y, 0 * y + counts.reshape(lengths)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, dims: torch.permute(x, (0, *dims)),
    properties=(
        examples_stay,
        three_turns_and_back,
        undone_by_the_inverse,
        an_axis_is_where_dims_says,
    ),
)
