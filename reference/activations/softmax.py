"""Softmax over the last axis.

    p_i = exp(x_i) / sum_j exp(x_j)             (forward)
    dL/dx_i = p_i (g_i - sum_j g_j p_j)         (backward, g = dL/dp)

The largest logit of each row is subtracted first. This does not change the result and keeps exp
from overflowing. The derivative is a full Jacobian, diag(p) - p p^T; p (1 - p), which lecture 002
prints, is only its diagonal. For the likeliest class k the code computes the bracket from the other
classes, as g_k sum_(j != k) p_j - sum_(j != k) g_j p_j: if p_k is close to 1, the difference would
otherwise lose its digits. PyTorch requires the axis as `dim`; Keras uses the last axis by default.
Lecture 001's code sums over axis 0, which is right for one vector but not for a batch of rows.

A logit of -inf gives the probability 0. A row that contains inf or nan, or nothing but -inf, gives
nan, as in PyTorch. A batch without rows, or rows without entries, gives an empty result.

    >>> forward(np.log([[1.0, 1.0, 2.0], [2.0, 3.0, 5.0]])).round(4)
    array([[0.25, 0.25, 0.5 ],
           [0.2 , 0.3 , 0.5 ]])

Source: Bridle 1990; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Index, Real, Spec


def forward(x: Shaped[Real, "... c"]) -> Shaped[Real, "... c"]:
    return _shares(x, likeliest(x))


def backward(grad: Real, x: Real) -> Gradients:
    k = likeliest(x)
    p = _shares(x, k)
    p_k, g_k = (np.take_along_axis(each, k, axis=-1) for each in (p, grad))
    np.put_along_axis(p, k, 0, axis=-1)  # which leaves the others
    rest, others = p.sum(axis=-1, keepdims=True), np.vecdot(grad, p)[..., None]
    dx = grad - (g_k * p_k + others)
    dx *= p  # in place, as large arrays take longer to make than to fill
    np.put_along_axis(dx, k, p_k * (g_k * rest - others), axis=-1)
    return (dx,)


def _shares(x: Real, k: Index) -> Real:
    weights = np.exp(x - np.take_along_axis(x, k, axis=-1))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights


def likeliest(x: Real) -> Index:
    """The class of the largest logit, or of the first nan, of each row; none if there are none."""
    return np.argmax(x, axis=-1, keepdims=True) if x.size else np.zeros(x.shape, dtype=int)


def shift_invariant(f, x):
    """Adding one number to every logit of a row changes nothing."""
    return f(x + 3.0), f(x)


def sums_to_one(f, x):
    """The probabilities of each row add up to one."""
    return f(x).sum(axis=-1), 1 + 0 * x.sum(axis=-1)


def equivariant(f, x):
    """Reversing the order of the logits reverses the order of the probabilities."""
    return f(x[..., ::-1]), f(x)[..., ::-1]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.softmax(x, dim=-1),
    properties=(shift_invariant, sums_to_one, equivariant),
)
