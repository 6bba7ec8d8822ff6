"""Rectified linear unit.

    y = max(x, 0)                                              (forward)
    dL/dx = g where x > 0,  at_zero g where x = 0,  else 0     (backward, g = dL/dy)

At 0 there is no derivative; every number in [0, 1] is a subgradient. torch and lecture 001 take
0, lecture 002 takes 1.

Source: Vanschoren (001); Glorot, Bordes, Bengio 2011.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Subgradient


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    return np.where(x.real <= 0, 0, x)


def backward(
    grad: Real, x: Real, *, at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0
) -> Gradients:
    return (np.where(x < 0, 0, np.where(x == 0, at_zero * grad, grad)),)


def splits_in_two(f, x):
    """The positive part of x minus the positive part of -x is x."""
    return f(x) - f(-x), x


def idempotent(f, x):
    """What is already positive passes unchanged."""
    return f(f(x)), f(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.relu(x),
    laws=(splits_in_two, idempotent),
    source="Vanschoren (001)",
)
