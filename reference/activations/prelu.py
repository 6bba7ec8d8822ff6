"""Leaky rectified linear unit whose slope is learned, one for each channel.

    y = x where x > 0,  a_c x elsewhere                        (forward, c the channel of x)
    dL/dx = g where x > 0,  a_c g where x < 0                  (backward, g = dL/dy)
    dL/da_c = sum of g x over all x <= 0 of channel c

Channels are axis 1, as in torch; Keras learns one slope for each entry unless `shared_axes` joins
them. At 0 the gradient of x may be anything between the slope and 1, a + at_zero (1 - a); torch
takes the slope. The gradient of the slope has no such choice. Slopes start at 0.25 in the paper
and in torch, at 0 in Keras. Lecture 004 gives only the name.

Source: He, Zhang, Ren, Sun 2015, eq. 1-3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Subgradient

INITIAL_SLOPE = 0.25


def forward(x: Shaped[Real, "n c ..."], slope: Shaped[Real, "c"]) -> Shaped[Real, "n c ..."]:
    return np.where(x.real > 0, x, _along_channels(slope, x) * x)


def backward(
    grad: Real, x: Real, slope: Real, *, at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0
) -> Gradients:
    slopes = _along_channels(slope, x)
    at_kink = slopes + at_zero * (1 - slopes)
    dx = grad * np.where(x > 0, 1, np.where(x < 0, slopes, at_kink))
    dslopes = grad * np.where(x > 0, 0, x)
    return dx, dslopes.sum(axis=(0, *range(2, x.ndim)))


def _along_channels(slope: Real, x: Real) -> Real:
    return np.reshape(slope, (-1,) + (1,) * (x.ndim - 2))


def identity_at_slope_one(f, x, slope):
    """With every slope at one nothing is bent."""
    return f(x, 0 * slope + 1), x


def rectifier_at_slope_zero(f, x, slope):
    """With every slope at zero it is the rectified linear unit."""
    return f(x, 0 * slope), np.maximum(x, 0)


def channels_are_separate(f, x, slope):
    """Reversing channels and slopes together reverses the output."""
    return f(x[:, ::-1], slope[::-1]), f(x, slope)[:, ::-1]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, slope: torch.nn.functional.prelu(x, slope),
    laws=(identity_at_slope_one, rectifier_at_slope_zero, channels_are_separate),
    source="He et al. 2015",
)
