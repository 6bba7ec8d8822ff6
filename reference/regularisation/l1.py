"""L1 penalty (lasso): the sum of the absolute values of the weights.

    R = strength sum |w|                               (forward)
    dR/dw = g strength sign(w)                         (backward, g = dL/dR)

The penalty pulls every weight towards 0 with the same force, however small the weight is. Useless
weights therefore become exactly 0 at the minimum. At 0, every number in [-1, 1] is a subgradient;
`at_zero` chooses one, and PyTorch uses 0. The default strength 0.01 is that of Keras. Empty weights
give 0.

    >>> float(forward(np.array([[3.0, -1.0, 0.0]]), strength=0.5))
    2.0

Source: Tibshirani 1996; Vanschoren (001), "Weight regularization"; lecture 002.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Subgradient, Try


def forward(
    weight: Shaped[Real, "..."],
    *,
    strength: Shaped[float, Try((0.01, 0.5, 0.0)), Range(0, math.inf)] = 0.01,
) -> Shaped[Real, ""]:
    return strength * np.where(weight.real < 0, -weight, weight).sum()


def backward(
    grad: Real,
    weight: Real,
    *,
    strength: float = 0.01,
    at_zero: Shaped[float, Subgradient(-1.0, 1.0)] = 0.0,
) -> Gradients:
    return (grad * strength * np.where(weight == 0, at_zero + 0 * weight, np.sign(weight)),)


def a_norm(f, weight, strength):
    """Doubling the weights doubles the penalty, with or without a change of sign."""
    once = f(weight, strength=strength)
    return (f(2 * weight, strength=strength), f(-2 * weight, strength=strength)), (2 * once,) * 2


def same_force_on_all(f, weight, strength):
    """Moving every weight away from 0 by 1 adds `strength` to the penalty for each weight."""
    away = np.where(weight < 0, weight - 1, weight + 1)
    grown = f(away, strength=strength) - f(weight, strength=strength)
    return grown, strength * weight.size + 0 * grown


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, weight, strength: (
        strength * torch.nn.functional.l1_loss(weight, torch.zeros_like(weight), reduction="sum")
    ),
    properties=(a_norm, same_force_on_all),
)
