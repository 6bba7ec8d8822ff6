"""Shape of a matrix product, for matrices stored in the last two axes.

    (... n d) and (... d k)  give  (... n k)

The leading axes are broadcast in the same way as in the arithmetic operations. Both shapes need at
least two axes; a shorter shape raises IndexError. If the inner sizes differ or the leading axes do
not align, ValueError is raised. Its message names both inner sizes, while NumPy's own message
describes a mismatch of a core dimension in a gufunc signature.

    >>> run((5, 1, 2, 3), (4, 3, 6))
    array([5, 4, 2, 6])

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
    *((5, 4, 2, 3), (5, 4, 3, 2), (6, 4, 3, 2), (2, 1), (1, 3)),
)


def run(one: Shaped[Shape, Try(TRIED)], other: Shaped[Shape, Try(TRIED)]) -> Shaped[Index, "k"]:
    """Return the shape. Raises ValueError if inner sizes differ or leading axes do not align."""
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
    """The product of the transposes in reverse order has the transposed shape."""
    (*batch, n, d), (*others, _, k) = one, other
    n_k = f(one, other)
    return f((*others, k, d), (*batch, d, n)), np.array([*n_k[:-2], k, n], dtype=int)


def agrees_with_the_product(f, one, other):
    """The result is the shape of the product of two tensors of these shapes."""
    return f(one, other), np.array((np.zeros(one) @ np.zeros(other)).shape, dtype=int)


SPEC = Procedure(
    run=run,
    torch=lambda torch, one, other: torch.tensor(
        torch.matmul(torch.empty(one), torch.empty(other)).shape
    ),
    properties=(reversed_for_the_transposes, agrees_with_the_product),
    possible=_fits,
    rejects_invalid=True,
)
