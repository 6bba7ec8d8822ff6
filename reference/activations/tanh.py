"""Hyperbolic tangent.

    y = (e^x - e^-x) / (e^x + e^-x)     (forward)
    dL/dx = g (1 - y^2)                 (backward, g = dL/dy)

The quotient overflows from |x| = 710 on; the form 2 / (1 + e^-2x) - 1 of lecture 001 does not,
but loses the digits of small x to cancellation. numpy's tanh does neither.

Source: Vanschoren (001), "activation functions".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    return np.tanh(x)


def backward(grad: Real, x: Real) -> Gradients:
    return (grad * (1 - np.tanh(x) ** 2),)


def odd(f, x):
    """An input and its opposite have opposite values."""
    return f(-x), -f(x)


def stretched_sigmoid(f, x):
    """It is 2 / (1 + e^-2x) - 1, a sigmoid stretched to (-1, 1)."""
    decay = np.exp(-2 * np.abs(x))
    return f(x), np.sign(x) * (2 / (1 + decay) - 1)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.tanh(x),
    laws=(odd, stretched_sigmoid),
    source="Vanschoren (001)",
)
