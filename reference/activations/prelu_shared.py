"""Parametric ReLU (PReLU), with one learned slope for the whole layer.

    y = x where x > 0,  a x elsewhere                          (forward)
    dL/dx = g where x > 0,  a g where x < 0                    (backward, g = dL/dy)
    dL/da = sum of g x over all x <= 0

This is the default form of PyTorch, and the second form of the paper. The slope is a scalar and
starts at 0.25. `prelu` has one slope for each channel, and describes the choice of the gradient
at 0.

    >>> forward(np.array([-2.0, 0.0, 3.0]), 0.25)
    array([-0.5,  0. ,  3. ])

Source: He, Zhang, Ren, Sun 2015, eq. 1-3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Subgradient


def forward(x: Shaped[Real, "..."], slope: Shaped[Real, ""]) -> Shaped[Real, "..."]:
    return np.where(x > 0, x, slope * x)


def backward(
    grad: Real, x: Real, slope: Real, *, at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0
) -> Gradients:
    at_kink = slope + at_zero * (1 - slope)
    dx = grad * np.where(x > 0, 1, np.where(x < 0, slope, at_kink))
    return dx, (grad * np.minimum(np.zeros_like(x), x)).sum()


def even_at_slope_minus_one(f, x, slope):
    """If the slope is -1, the output is the absolute value of the input."""
    return f(x, 0 * slope - 1), np.abs(x)


def linear_in_the_slope(f, x, slope):
    """The mean of two slopes gives the mean of their outputs."""
    return 2 * f(x, (slope + 1) / 2), f(x, slope) + f(x, 0 * slope + 1)


def positively_homogeneous(f, x, slope):
    """Tripling the input triples the output."""
    return f(3 * x, slope), 3 * f(x, slope)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, slope: torch.nn.functional.prelu(x, slope),
    properties=(even_at_slope_minus_one, linear_in_the_slope, positively_homogeneous),
)
