"""Rescaling: numbers in other units, by a factor and an offset that are given.

    y = scale x + offset                               (forward)
    dL/dx = scale g                                    (backward, g = dL/dy)

Grey levels from 0 to 255 become numbers from 0 to 1 with scale 1/255, and numbers from -1 to 1 with
scale 2/255 and offset -1. Nothing is learned from data, unlike in `standardise` and `min_max`, so
training and use are the same. Keras has this layer, whose scale and offset may also be arrays with
one number for each channel. Whole numbers give real ones.

    >>> import numpy as np
    >>> forward(np.array([0, 51, 255]), scale=2 / 255, offset=-1.0)
    array([-1. , -0.6,  1. ])

Source: the layer Rescaling of Keras; LeCun et al. 1998, "Efficient BackProp", section 4.3.
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "..."],
    *,
    scale: Shaped[float, Try((1 / 255, 2 / 255, -3.0)), Range(-5, 5)],
    offset: Shaped[float, Try((0.0, -1.0, 0.5)), Range(-5, 5)] = 0.0,
) -> Shaped[Real, "..."]:
    return float(scale) * x + float(offset)


@settings_of(forward)
def backward(grad: Real, x: Real, *, scale: float, offset: float) -> Gradients:
    return (float(scale) * grad,)


def zero_gives_the_offset(f, x, scale, offset):
    """Zeros become the offset."""
    return f(0 * x, scale=scale, offset=offset), offset + 0 * x


def scale_is_a_unit(f, x, scale, offset):
    """Numbers twice as large in a unit half as large are the same."""
    return f(2 * x, scale=scale, offset=offset), f(x, scale=2 * scale, offset=offset)


def on_a_line(f, x, scale, offset):
    """What is halfway between two numbers is halfway between their results."""
    ends = f(x, scale=scale, offset=offset) + f(3 * x + 2, scale=scale, offset=offset)
    return ends, 2 * f(2 * x + 1, scale=scale, offset=offset)


def offset_is_added_at_the_end(f, x, scale, offset):
    """One more in the offset is one more in the result."""
    more = f(x, scale=scale, offset=offset + 1)
    return more, f(x, scale=scale, offset=offset) + 1, 1 + abs(offset)  # their sum is rounded


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, scale, offset: torch.add(scale * x, offset),
    properties=(zero_gives_the_offset, scale_is_a_unit, on_a_line, offset_is_added_at_the_end),
)
