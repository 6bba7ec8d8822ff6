"""Sigmoid (logistic) activation.

    y = 1 / (1 + exp(-x))       (forward)
    dL/dx = g y (1 - y)         (backward, g = dL/dy)

exp is only ever taken of -|x|: exp(-x) overflows for large negative x, and exp(x) / (1 + exp(x))
is inf / inf for large positive x. Both tails keep their relative precision. In float64 the value
reaches exactly 1 above 37, so the range is closed in practice, though open on paper.

Source: Vanschoren (001), "activation functions"; Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    decay = np.exp(np.where(x.real > 0, -x, x))
    return np.where(x.real > 0, 1, decay) / (1 + decay)


def backward(grad: Real, x: Real) -> Gradients:
    y = forward(x)
    return (grad * y * (1 - y),)


def point_symmetric(f, x):
    """The curve is symmetric about (0, 1/2): the values at x and -x add up to one."""
    return f(x) + f(-x), 1 + 0 * x


def shifted_tanh(f, x):
    """It is tanh of half the input, shifted and halved into (0, 1)."""
    return f(x), (1 + np.tanh(x / 2)) / 2


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.sigmoid(x),
    laws=(point_symmetric, shifted_tanh),
    source="Vanschoren (001)",
)
