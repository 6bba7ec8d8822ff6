"""Shape of two tensors after broadcasting: the shapes are aligned on the last axes.

    sizes equal       that size
    one size is 1     the other size: the axis is repeated
    one axis missing  the other size: the axis is added in front
    else              no shape: an error that names the axis and both sizes

NumPy, PyTorch and TensorFlow use the same rule (np.broadcast_shapes, torch.broadcast_shapes). A
size of 0 is treated like any other size: 0 and 1 give 0. The shape () of a single number can be
broadcast with every shape. If two sizes differ and neither is 1, ValueError is raised.

    >>> run((8, 1, 6, 1), (7, 1, 5))
    array([8, 7, 6, 5])

Source: lecture 000, "Tensor operations".
"""

from itertools import zip_longest
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Try

Shape = tuple[int, ...]
TRIED = ((), (1,), (4,), (2, 3), (3, 1), (3, 4), (2, 1, 4), (2, 3, 4), (0, 4), (2, 1, 1, 1))


def run(one: Shaped[Shape, Try(TRIED)], other: Shaped[Shape, Try(TRIED)]) -> Shaped[Index, "k"]:
    """Return the common shape. Raises ValueError if two sizes differ and neither is 1."""
    from_the_right = zip_longest(reversed(one), reversed(other), fillvalue=1)
    sizes = [_together(one, other, -i, *pair) for i, pair in enumerate(from_the_right, 1)]
    return np.array(sizes[::-1], dtype=int)


def _together(one: Shape, other: Shape, axis: int, a: int, b: int) -> int:
    if 1 not in (a, b) and a != b:
        raise ValueError(
            f"shapes {one} and {other} do not align: "
            f"axis {axis} has {a} entries in the first and {b} in the second"
        )
    return b if a == 1 else a


def _aligned(one, other):
    try:
        run(one, other)
    except ValueError:
        return False
    return True


def commutative(f, one, other):
    """Exchanging the two shapes changes nothing."""
    return f(one, other), f(other, one)


def idempotent(f, one, other):
    """Broadcasting the result with one of the two shapes leaves the result as it is."""
    both = f(one, other)
    return f(tuple(both), one), both


def agrees_with_addition(f, one, other):
    """The result is the shape of the sum of two tensors of these shapes."""
    return f(one, other), np.array((np.zeros(one) + np.zeros(other)).shape, dtype=int)


SPEC = Procedure(
    run=run,
    torch=lambda torch, one, other: torch.tensor(torch.broadcast_shapes(one, other)),
    properties=(commutative, idempotent, agrees_with_addition),
    possible=_aligned,
    rejects_invalid=True,
)
