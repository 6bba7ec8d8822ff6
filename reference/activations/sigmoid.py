"""Sigmoid (logistic) activation.

    y = 1 / (1 + exp(-x))       (forward)
    dL/dx = g y (1 - y)         (backward, g = dL/dy)

exp is only computed for -|x|, so it never overflows. By contrast, exp(-x) overflows for large
negative x, and exp(x) / (1 + exp(x)) is inf / inf for large positive x. Both tails keep their
relative precision. In float64 the result is exactly 1 for x above 37, although mathematically it is
always less than 1. -inf gives 0 and inf gives 1.

    >>> forward(np.array([-2.0, 0.0, 2.0])).round(4)
    array([0.1192, 0.5   , 0.8808])

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
    """The outputs at x and -x add up to one: the curve is symmetric about (0, 1/2)."""
    return f(x) + f(-x), 1 + 0 * x


def shifted_tanh(f, x):
    """The output is (1 + tanh(x / 2)) / 2, a tanh scaled and shifted to (0, 1)."""
    return f(x), (1 + np.tanh(x / 2)) / 2


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.sigmoid(x),
    properties=(point_symmetric, shifted_tanh),
)
