"""The Jacobian of softmax: how each probability answers to each logit.

    J_ij = dp_i / dx_j = p_i (d_ij - p_j)                      (forward, J = diag(p) - p p^T)
    dL/dp_i = G_ii - sum_j (G_ij + G_ji) p_j                   (backward, G = dL/dJ)

and from p to the logits by the backward of softmax. Only the diagonal is p (1 - p), which is all
that lecture 002 prints; the entries beside it are negative, because a probability that rises takes
from the others.

Source: Bridle 1990; Bishop 2006, eq. 4.106.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import softmax
from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "... c"]) -> Shaped[Real, "... c c"]:
    p = softmax.forward(x)
    classes = np.eye(x.shape[-1], dtype=x.dtype)
    return p[..., :, None] * (classes - p[..., None, :])


def backward(grad: Real, x: Real) -> Gradients:
    p = softmax.forward(x)
    c = np.arange(x.shape[-1])
    both_sides = grad + np.swapaxes(grad, -1, -2)
    return softmax.backward(grad[..., c, c] - (both_sides * p[..., None, :]).sum(axis=-1), x)


def symmetric(f, x):
    """Logit j moves probability i as much as logit i moves probability j."""
    return f(x), np.swapaxes(f(x), -1, -2)


def rows_sum_to_zero(f, x):
    """Moving all logits together moves no probability."""
    return f(x).sum(axis=-1), 0 * x


def times_a_gradient_is_the_backward(f, x):
    """Its product with an upstream gradient is the backward of softmax."""
    grad = x[..., ::-1] + 1.5
    return (f(x) * grad[..., None, :]).sum(axis=-1), *softmax.backward(grad, x)


def _torch(torch, x):
    rows = torch.func.vmap(torch.func.jacrev(lambda row: torch.softmax(row, dim=-1)))
    return rows(x.reshape(-1, x.shape[-1])).reshape(*x.shape, x.shape[-1])


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    laws=(symmetric, rows_sum_to_zero, times_a_gradient_is_the_backward),
    source="Bishop 2006, 4.106",
)
