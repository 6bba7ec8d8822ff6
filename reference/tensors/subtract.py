"""Difference of two tensors, entry by entry.

    y = a - b                                          (forward, shapes aligned on the last axes)
    dL/da = g,  dL/db = -g                             (backward, g = dL/dy)

Each gradient is summed over the axes along which its operand was repeated. Shapes that do not align
raise ValueError. An empty tensor gives an empty tensor.

    >>> import numpy as np
    >>> forward(np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 1, 4]]))
    array([[ 0,  1, -1],
           [ 3,  4,  2]])

Source: lecture 000, "Tensor operations".
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Spec
from reference.tensors._repeated import summed_to


def forward(a: Shaped[Real, "... n k"], b: Shaped[Real, "1 k"]) -> Shaped[Real, "... n k"]:
    return a - b


def backward(grad: Real, a: Real, b: Real) -> Gradients:
    return summed_to(a.shape, grad), summed_to(b.shape, -grad)


def antisymmetric(f, a, b):
    """Exchanging the two tensors changes the sign, whichever of them is repeated."""
    return f(a, b), -f(b, a)


def nothing_left_of_itself(f, a, b):
    """A tensor minus itself is zero."""
    return f(a, a), 0 * a


def moved_together(f, a, b):
    """Adding the same row to both tensors does not change their difference."""
    return f(a + b, 2 * b), f(a, b)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.sub(a, b),
    properties=(antisymmetric, nothing_left_of_itself, moved_together),
)
