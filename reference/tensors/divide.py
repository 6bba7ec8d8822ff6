"""Quotient of two tensors, entry by entry.

    y = a / b                                          (forward, shapes aligned on the last axes)
    dL/da = g / b,  dL/db = -g a / b^2                 (backward, g = dL/dy)

each summed over the axes along which its operand was repeated. Division by zero gives an infinity
or nan, as in numpy and torch, and no exception.

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
    """Tripling dividend and divisor changes nothing."""
    return f(3 * a, 3 * b), f(a, b)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.div(a, b),
    laws=(undone_by_multiplying, common_factors_cancel),
    source="lecture 000",
    possible=lambda a, b: bool(np.all(b != 0)),
)
