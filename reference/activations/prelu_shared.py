"""Leaky rectified linear unit with one learned slope for the whole layer.

    y = x where x > 0,  a x elsewhere                          (forward)
    dL/dx = g where x > 0,  a g where x < 0                    (backward, g = dL/dy)
    dL/da = sum of g x over all x <= 0

The default form of torch, and the second form of the paper; see `prelu` for a slope per channel
and for the choice at 0. The slope starts at 0.25.

Source: He, Zhang, Ren, Sun 2015, eq. 1-3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Subgradient


def forward(x: Shaped[Real, "..."], slope: Shaped[Real, ""]) -> Shaped[Real, "..."]:
    return np.where(x.real > 0, x, slope * x)


def backward(
    grad: Real, x: Real, slope: Real, *, at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0
) -> Gradients:
    at_kink = slope + at_zero * (1 - slope)
    dx = grad * np.where(x > 0, 1, np.where(x < 0, slope, at_kink))
    return dx, (grad * np.where(x > 0, 0, x)).sum()


def even_at_slope_minus_one(f, x, slope):
    """With slope minus one it is the absolute value."""
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
    laws=(even_at_slope_minus_one, linear_in_the_slope, positively_homogeneous),
    source="He et al. 2015",
)
