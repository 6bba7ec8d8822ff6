"""Product of two matrices.

    c_ij = sum_k a_ik b_kj                             (forward, C = A B)
    dL/dA = G B^T,  dL/dB = A^T G                      (backward, G = dL/dC)

A has as many columns as B has rows. The two transposes are the only arrangement whose shapes fit,
which is a way to remember them; lecture 002 writes the second with the sign of the entry-wise
product in a title, and means this one.

Source: lecture 000, "Tensor operations"; Goodfellow, Bengio, Courville 2016, section 6.5.6.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(a: Shaped[Real, "n d"], b: Shaped[Real, "d k"]) -> Shaped[Real, "n k"]:
    return a @ b


def backward(grad: Real, a: Real, b: Real) -> Gradients:
    return grad @ b.T, a.T @ grad


def transposed(f, a, b):
    """The transpose of a product is the product of the transposes, in the other order."""
    return f(a, b).T, f(b.T, a.T)


def identity_is_neutral(f, a, b):
    """The identity matrix changes nothing, from either side."""
    return (f(np.eye(len(a)), a), f(b, np.eye(b.shape[1]))), (a, b)


def distributive(f, a, b):
    """The product with a sum is the sum of the products."""
    return f(a, b + 2 * b[::-1]), f(a, b) + 2 * f(a, b[::-1])


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.mm(a, b),
    laws=(transposed, identity_is_neutral, distributive),
    source="lecture 000",
)
