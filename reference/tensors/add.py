"""Sum of two tensors, entry by entry.

    y = a + b                                          (forward, shapes aligned on the last axes)
    dL/da = g,  dL/db = g                              (backward, g = dL/dy)

each summed over the axes along which its operand was repeated: adding a bias to every row of a
batch gives the bias the sum of the rows of g. numpy, torch and TensorFlow align shapes alike.

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
    """The order of the two does not matter, nor which of them is repeated."""
    return f(a, b), f(b, a)


def zero_is_neutral(f, a, b):
    """Adding zeros changes nothing."""
    return f(a, 0 * b), a


def row_by_row(f, a, b):
    """Each row of the tensor meets the same row: reversing the rows reverses the sum."""
    return f(a[..., ::-1, :], b), f(a, b)[..., ::-1, :]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.add(a, b),
    laws=(commutative, zero_is_neutral, row_by_row),
    source="lecture 000",
)
