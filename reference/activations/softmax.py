"""Softmax over the last axis.

    p_i = exp(x_i) / sum_j exp(x_j)             (forward)
    dL/dx_i = p_i (g_i - sum_j g_j p_j)         (backward, g = dL/dp)

The largest logit of each row is subtracted first. This does not change the result and keeps exp
from overflowing. The derivative is a full Jacobian, diag(p) - p p^T; p (1 - p), which lecture 002
prints, is only its diagonal. PyTorch requires the axis as `dim`; Keras uses the last axis by
default. Lecture 001's code sums over axis 0, which is right for one vector but not for a batch of
rows.

A logit of -inf gives the probability 0. A row that contains inf or nan, or nothing but -inf, gives
nan, as in PyTorch. A batch without rows gives an empty result, and rows without entries raise
ValueError.

    >>> forward(np.log([[1.0, 1.0, 2.0], [2.0, 3.0, 5.0]])).round(4)
    array([[0.25, 0.25, 0.5 ],
           [0.2 , 0.3 , 0.5 ]])

Source: Bridle 1990; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "... c"]) -> Shaped[Real, "... c"]:
    weights = np.exp(x - x.real.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def backward(grad: Real, x: Real) -> Gradients:
    p = forward(x)
    return (p * (grad - (grad * p).sum(axis=-1, keepdims=True)),)


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
