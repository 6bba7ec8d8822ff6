"""Rectified linear unit (ReLU).

    y = max(x, 0)                                              (forward)
    dL/dx = g where x > 0,  at_zero g where x = 0,  else 0     (backward, g = dL/dy)

At 0 the function has no derivative, and every number in [0, 1] is a subgradient. PyTorch and
lecture 001 take 0, the default of `at_zero`; lecture 002 takes 1. -inf gives 0, and inf and nan
pass unchanged.

    >>> forward(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])

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
    """The output at x minus the output at -x is x."""
    return f(x) - f(-x), x


def idempotent(f, x):
    """Applying the function twice gives the same result as applying it once."""
    return f(f(x)), f(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.relu(x),
    properties=(splits_in_two, idempotent),
)
