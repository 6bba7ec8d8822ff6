"""Rectified linear unit (ReLU).

    y = max(x, 0)                                              (forward)
    dL/dx = g where x > 0,  at_zero g where x = 0,  else 0     (backward, g = dL/dy)

At 0 the function has no derivative, and every number in [0, 1] is a subgradient. PyTorch and
lecture 001 take 0, the default of `at_zero`; lecture 002 takes 1. -inf gives 0, and inf, nan and
-0.0 pass unchanged. An upstream gradient of inf or nan gives nan where x < 0; PyTorch gives 0.

    >>> forward(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])

Source: Vanschoren (001); Glorot, Bordes, Bengio 2011.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Subgradient


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    return np.maximum(np.zeros_like(x), x)  # of two equal zeros the second, so -0.0 remains


def backward(
    grad: Real, x: Real, *, at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0
) -> Gradients:
    passed = grad * ~(x <= 0)  # nan passes, as in PyTorch
    return (np.where(x == 0, at_zero * grad, passed) if at_zero else passed,)


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
