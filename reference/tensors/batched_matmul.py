"""Batched matrix product: the last two axes hold the matrices, all axes before them are the batch.

    C_i = A_i B_i                                      (forward, i over the leading axes)
    dL/dA_i = G_i B_i^T,  dL/dB_i = A_i^T G_i          (backward, G_i = dL/dC_i)

The leading axes are broadcast in the same way as in the arithmetic operations. One matrix can
therefore be multiplied by a batch of matrices; its gradient is the sum over the batch. NumPy's `@`
and torch.matmul compute the same. Inner sizes that differ and leading axes that do not align raise
ValueError. Lecture 000 shows TensorFlow's example, a batch of two products of 2 x 3 by 3 x 2
matrices, and omits the outer brackets of the answer.

    >>> forward(np.array([[[1, 2]], [[3, 4]]]), np.array([[1, 0, 1], [0, 1, 1]])).tolist()
    [[[1, 2, 3]], [[3, 4, 7]]]

Source: lecture 000, "Tensor operations".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Example, Gradients, Real, Spec
from reference.tensors._repeated import summed_to


def forward(a: Shaped[Real, "... n d"], b: Shaped[Real, "... d k"]) -> Shaped[Real, "... n k"]:
    return a @ b


def backward(grad: Real, a: Real, b: Real) -> Gradients:
    da, db = grad @ np.swapaxes(b, -1, -2), np.swapaxes(a, -1, -2) @ grad
    return summed_to(a.shape, da), summed_to(b.shape, db)


def one_matrix_for_all(f, a, b):
    """A single matrix gives the same as copies of it, and its gradient is the sum of theirs."""
    single = b[(0,) * (b.ndim - 2)]
    copies, y = 0 * b + single, f(a, single)
    da, dsingle = backward(y, a, single)
    each_da, each = backward(y, a, copies)
    return (y, da, dsingle), (f(a, copies), each_da, each.sum(axis=tuple(range(b.ndim - 2))))


def each_alone(f, a, b):
    """The products are independent: reversing both batches reverses the result."""
    a, b = (np.reshape(m, (-1, *m.shape[-2:])) for m in (a, b))
    return f(a[::-1], b[::-1]), f(a, b)[::-1]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.matmul(a, b),
    properties=(one_matrix_for_all, each_alone),
    examples=(
        Example(
            inputs={
                "a": np.arange(1.0, 13.0).reshape(2, 2, 3),
                "b": np.arange(13.0, 25.0).reshape(2, 3, 2),
            },
            prints={"forward": (None,)},
            source="lecture 000",
        ),
    ),
)
