"""Sigmoid (logistic) activation.

    y = 1 / (1 + exp(-x))       (forward)
    dL/dx = g y (1 - y)         (backward, g = dL/dy)

Both are computed from e = exp(-|x|), which never overflows: y is 1 / (1 + e) or e / (1 + e), and
y (1 - y) is e / (1 + e)^2. By contrast, exp(-x) overflows for large negative x, and
exp(x) / (1 + exp(x)) is inf / inf for large positive x. Both tails of y and of its slope keep their
relative precision. In float64, y is exactly 1 for x above 37, although mathematically it is always
less than 1; 1 - y is then 0, and a slope computed as y (1 - y) would be 0 too. -inf gives 0 and inf
gives 1.

    >>> forward(np.array([-2.0, 0.0, 2.0])).round(4)
    array([0.1192, 0.5   , 0.8808])

Source: Vanschoren (001), "activation functions"; Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    decay = np.exp(-np.abs(x))
    return np.maximum(decay, x > 0) / (1 + decay)  # the larger is 1 where x > 0


def backward(grad: Real, x: Real) -> Gradients:
    decay = np.exp(-np.abs(x))
    return (grad * decay / (1 + decay) ** 2,)


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
