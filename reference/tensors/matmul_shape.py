"""The shape of a matrix product, for matrices held in the last two axes.

    (... n d) and (... d k)  give  (... n k)

The leading axes are aligned as for the arithmetic. Where the inner sizes differ the error says so
in words; numpy's speaks of a core dimension of a gufunc signature.

Source: lecture 000, "Tensor operations".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Try
from reference.tensors import broadcast_shape
from reference.tensors.broadcast_shape import Shape

TRIED = (
    *((2, 3), (3, 2), (3, 3), (4, 3, 0), (0, 2)),
    *((4, 2, 3), (4, 3, 2), (3, 3, 2), (1, 3, 2), (5, 1, 2, 3)),
)


def run(one: Shaped[Shape, Try(TRIED)], other: Shaped[Shape, Try(TRIED)]) -> Shaped[Index, "k"]:
    """Raises ValueError where the inner sizes differ, or the leading axes do not align."""
    if one[-1] != other[-2]:
        raise ValueError(
            f"shapes {one} and {other} have no product: the matrices of the first have "
            f"{one[-1]} columns and those of the second {other[-2]} rows"
        )
    batch = broadcast_shape.run(one[:-2], other[:-2])
    return np.array([*batch, one[-2], other[-1]], dtype=int)


def _fits(one, other):
    try:
        run(one, other)
    except ValueError:
        return False
    return True


def reversed_for_the_transposes(f, one, other):
    """The transposes have the transposed product, in the other order."""
    (*batch, n, d), (*others, _, k) = one, other
    n_k = f(one, other)
    return f((*others, k, d), (*batch, d, n)), np.array([*n_k[:-2], k, n], dtype=int)


def agrees_with_the_product(f, one, other):
    """It is the shape of the product of two such tensors."""
    return f(one, other), np.array((np.zeros(one) @ np.zeros(other)).shape, dtype=int)


SPEC = Procedure(
    run=run,
    torch=lambda torch, one, other: torch.tensor(
        torch.matmul(torch.empty(one), torch.empty(other)).shape
    ),
    laws=(reversed_for_the_transposes, agrees_with_the_product),
    source="lecture 000",
    possible=_fits,
    refuses=True,
)
