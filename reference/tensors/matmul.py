"""Product of two matrices.

    c_ij = sum_k a_ik b_kj                             (forward, C = A B)
    dL/dA = G B^T,  dL/dB = A^T G                      (backward, G = dL/dC)

A has as many columns as B has rows; otherwise ValueError is raised. If the three sizes differ, no
other arrangement of the factors has the right shapes, which helps to remember the two gradients. A
slide title in lecture 002 writes the second gradient with the sign of the entry-wise product and
means the matrix product. An inner size of 0 gives zeros.

    >>> forward(np.array([[1, 2, 3]]), np.array([[1, 0], [0, 1], [10, 20]]))
    array([[31, 62]])

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
    """The transpose of a product is the product of the transposes in reverse order."""
    return f(a, b).T, f(b.T, a.T)


def identity_is_neutral(f, a, b):
    """Multiplying by the identity matrix from either side changes nothing."""
    return (f(np.eye(len(a)), a), f(b, np.eye(b.shape[1]))), (a, b)


def distributive(f, a, b):
    """Multiplying by a sum of two matrices gives the sum of the two products."""
    return f(a, b + 2 * b[::-1]), f(a, b) + 2 * f(a, b[::-1])


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, a, b: torch.mm(a, b),
    properties=(transposed, identity_is_neutral, distributive),
)
