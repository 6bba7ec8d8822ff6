"""Quotient of two tensors, entry by entry.

    y = a / b                                          (forward, shapes aligned on the last axes)
    dL/da = g / b,  dL/db = -g a / b^2                 (backward, g = dL/dy)

Each gradient is summed over the axes along which its operand was repeated. Division by zero raises
no exception: it gives inf, -inf or nan, as in NumPy and PyTorch. Shapes that do not align raise
ValueError.

    >>> forward(np.array([[1.0, 6.0, 8.0], [2.0, 3.0, 4.0]]), np.array([[2.0, 3.0, -4.0]]))
    array([[ 0.5,  2. , -2. ],
           [ 1. ,  1. , -1. ]])

Source: lecture 000, "Tensor operations".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec
from reference.tensors._repeated import summed_to


def forward(a: Shaped[Real, "... n k"], b: Shaped[Real, "1 k"]) -> Shaped[Real, "... n k"]:
    return a / b


def backward(grad: Real, a: Real, b: Real) -> Gradients:
    return summed_to(a.shape, grad / b), summed_to(b.shape, -grad * (a / b) / b)


def undone_by_multiplying(f, a, b):
    """The quotient times the divisor is the dividend."""
    return f(a, b) * b, a


def common_factors_cancel(f, a, b):
    """Multiplying the dividend and the divisor by 3 changes nothing."""
    return f(3 * a, 3 * b), f(a, b)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.div(a, b),
    properties=(undone_by_multiplying, common_factors_cancel),
    possible=lambda a, b: bool(np.all(b != 0)),
)
