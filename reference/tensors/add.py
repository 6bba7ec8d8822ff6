"""Sum of two tensors, entry by entry.

    y = a + b                                          (forward, shapes aligned on the last axes)
    dL/da = g,  dL/db = g                              (backward, g = dL/dy)

Each gradient is summed over the axes along which its operand was repeated. For example, if a bias
is added to every row of a batch, the gradient of the bias is the sum of the rows of g. NumPy,
PyTorch and TensorFlow broadcast shapes in the same way. Shapes that do not align raise ValueError.
An empty tensor gives an empty tensor.

    >>> import numpy as np
    >>> forward(np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 20, 30]]))
    array([[11, 22, 33],
           [14, 25, 36]])

Source: lecture 000, "Tensor operations".
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Spec
from reference.tensors._repeated import summed_to


def forward(a: Shaped[Real, "... n k"], b: Shaped[Real, "1 k"]) -> Shaped[Real, "... n k"]:
    return a + b


def backward(grad: Real, a: Real, b: Real) -> Gradients:
    return summed_to(a.shape, grad), summed_to(b.shape, grad)


def commutative(f, a, b):
    """Exchanging the two tensors changes nothing, whichever of them is repeated."""
    return f(a, b), f(b, a)


def zero_is_neutral(f, a, b):
    """Adding a tensor of zeros changes nothing."""
    return f(a, 0 * b), a


def row_by_row(f, a, b):
    """The same row is added to every row: reversing the rows of a reverses the result."""
    return f(a[..., ::-1, :], b), f(a, b)[..., ::-1, :]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.add(a, b),
    properties=(commutative, zero_is_neutral, row_by_row),
)
