"""Product of two tensors, entry by entry (Hadamard product).

    y = a * b                                          (forward, shapes aligned on the last axes)
    dL/da = g * b,  dL/db = g * a                      (backward, g = dL/dy)

Each gradient is summed over the axes along which its operand was repeated. This is not the matrix
product: lecture 000 gives `a * b` as another way to write tf.matmul, which is a misprint. Shapes
that do not align raise ValueError. Zero times infinity is nan.

    >>> import numpy as np
    >>> forward(np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 0, -1]]))
    array([[10,  0, -3],
           [40,  0, -6]])

Source: lecture 000, "Tensor operations".
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Spec
from reference.tensors._repeated import summed_to


def forward(a: Shaped[Real, "... n k"], b: Shaped[Real, "1 k"]) -> Shaped[Real, "... n k"]:
    return a * b


def backward(grad: Real, a: Real, b: Real) -> Gradients:
    return summed_to(a.shape, grad * b), summed_to(b.shape, grad * a)


def commutative(f, a, b):
    """Exchanging the two tensors changes nothing, whichever of them is repeated."""
    return f(a, b), f(b, a)


def one_is_neutral(f, a, b):
    """Multiplying by a tensor of ones changes nothing."""
    return f(a, 0 * b + 1), a


def distributive(f, a, b):
    """Multiplying by a sum gives the sum of the products."""
    return f(a, b + 2), f(a, b) + 2 * a


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.mul(a, b),
    properties=(commutative, one_is_neutral, distributive),
)
