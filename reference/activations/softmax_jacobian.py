"""The Jacobian of softmax: the derivative of each probability with respect to each logit.

    J_ij = dp_i / dx_j = p_i (d_ij - p_j)                      (forward, J = diag(p) - p p^T)
    dL/dp_i = G_ii - sum_j (G_ij + G_ji) p_j                   (backward, G = dL/dJ)

The diagonal p_i (1 - p_i) is the sum of p_i p_j over the other classes j, which keeps its digits
where p_i is close to 1. The backward of softmax then gives the gradient with respect to the logits.
Logits of shape (..., c) give Jacobians of shape (..., c, c). Only the diagonal is p (1 - p), which
is all that lecture 002 prints. The other entries are negative, because the probabilities sum to
one: if one rises, the others fall. Infinite logits and empty inputs behave as in `softmax`.

    >>> forward(np.log([1.0, 1.0, 2.0])).round(4)
    array([[ 0.1875, -0.0625, -0.125 ],
           [-0.0625,  0.1875, -0.125 ],
           [-0.125 , -0.125 ,  0.25  ]])

Source: Bridle 1990; Bishop 2006, eq. 4.106.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import softmax
from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "... c"]) -> Shaped[Real, "... c c"]:
    p = softmax.forward(x)
    classes = np.eye(x.shape[-1], dtype=x.dtype)
    products = p[..., :, None] * p[..., None, :] * (1 - classes)
    return products.sum(axis=-1, keepdims=True) * classes - products


def backward(grad: Real, x: Real) -> Gradients:
    p = softmax.forward(x)
    c = np.arange(x.shape[-1])
    both_sides = grad + np.swapaxes(grad, -1, -2)
    return softmax.backward(grad[..., c, c] - (both_sides * p[..., None, :]).sum(axis=-1), x)


def symmetric(f, x):
    """The Jacobian is symmetric: dp_i / dx_j equals dp_j / dx_i."""
    return f(x), np.swapaxes(f(x), -1, -2)


def rows_sum_to_zero(f, x):
    """Each row sums to zero, because adding one number to all logits changes nothing."""
    return f(x).sum(axis=-1), 0 * x


def times_a_gradient_is_the_backward(f, x):
    """The Jacobian times an upstream gradient is the backward of softmax."""
    grad = x[..., ::-1] + 1.5
    return (f(x) * grad[..., None, :]).sum(axis=-1), *softmax.backward(grad, x)


def _torch(torch, x):
    if not x.numel():  # which cannot be reshaped
        return x[..., :, None] * x[..., None, :]
    rows = torch.func.vmap(torch.func.jacrev(lambda row: torch.softmax(row, dim=-1)))
    return rows(x.reshape(-1, x.shape[-1])).reshape(*x.shape, x.shape[-1])


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    terms=lambda x: 1.0,
    properties=(symmetric, rows_sum_to_zero, times_a_gradient_is_the_backward),
)
