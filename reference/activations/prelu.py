"""Parametric ReLU (PReLU), with one learned slope for each channel.

    y = x where x > 0,  a_c x elsewhere                        (forward, c the channel of x)
    dL/dx = g where x > 0,  a_c g where x < 0                  (backward, g = dL/dy)
    dL/da_c = sum of g x over all x <= 0 of channel c

`x` has shape (n, c, ...) and `slope` has shape (c,): channels are axis 1, as in PyTorch. PyTorch
learns one slope for all channels by default (see `prelu_shared`). Keras learns one slope for each
entry of an example, unless `shared_axes` is given.

At 0 the derivative with respect to x may be any number between the slope and 1, which is
a + at_zero (1 - a). PyTorch takes the slope, the default here. The derivative with respect to the
slope has no such choice. Slopes start at 0.25 in the paper and in PyTorch, and at 0 in Keras.
Lecture 004 gives only the name.

    >>> forward(np.array([[-2.0, -2.0, 3.0]]), np.array([0.5, 0.25, 0.1]))
    array([[-1. , -0.5,  3. ]])

Source: He, Zhang, Ren, Sun 2015, eq. 1-3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Subgradient

INITIAL_SLOPE = 0.25


def forward(x: Shaped[Real, "n c ..."], slope: Shaped[Real, "c"]) -> Shaped[Real, "n c ..."]:
    return np.where(x > 0, x, _along_channels(slope, x) * x)


def backward(
    grad: Real, x: Real, slope: Real, *, at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0
) -> Gradients:
    slopes = _along_channels(slope, x)
    at_kink = slopes + at_zero * (1 - slopes)
    dx = grad * np.where(x > 0, 1, np.where(x < 0, slopes, at_kink))
    dslopes = grad * np.minimum(np.zeros_like(x), x)
    return dx, dslopes.sum(axis=(0, *range(2, x.ndim)))


def _along_channels(slope: Real, x: Real) -> Real:
    return np.reshape(slope, (-1,) + (1,) * (x.ndim - 2))


def identity_at_slope_one(f, x, slope):
    """If every slope is 1, the output equals the input."""
    return f(x, 0 * slope + 1), x


def rectifier_at_slope_zero(f, x, slope):
    """If every slope is 0, the output is that of ReLU, max(x, 0)."""
    return f(x, 0 * slope), np.maximum(x, 0)


def channels_are_separate(f, x, slope):
    """Reversing the order of channels and slopes reverses the channels of the output."""
    return f(x[:, ::-1], slope[::-1]), f(x, slope)[:, ::-1]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, slope: torch.nn.functional.prelu(x, slope),
    properties=(identity_at_slope_one, rectifier_at_slope_zero, channels_are_separate),
)
