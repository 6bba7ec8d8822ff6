"""Leaky rectified linear unit (leaky ReLU).

    y = x where x > 0,  slope x elsewhere                      (forward)
    dL/dx = g where x > 0,  slope g where x < 0                (backward, g = dL/dy)

At 0 every number between the slope and 1 is a subgradient: slope + at_zero (1 - slope). PyTorch
takes the slope itself, which is the default here (`at_zero` 0). The slope is 0.01 by default here
and in PyTorch, and 0.3 in the LeakyReLU layer of Keras 3. Lecture 001 writes 0.01 and plots 0.1.
Infinite values stay infinite unless the slope is 0.

    >>> forward(np.array([-2.0, 0.0, 3.0]), negative_slope=0.1)
    array([-0.2,  0. ,  3. ])

Source: Maas, Hannun, Ng 2013; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Subgradient, Try


def forward(
    x: Shaped[Real, "..."],
    *,
    negative_slope: Shaped[float, Try((0.01, 0.1, 0.3)), Range(0, 1)] = 0.01,
) -> Shaped[Real, "..."]:
    zero = np.zeros_like(x)
    return np.maximum(zero, x) + negative_slope * np.minimum(zero, x)


def backward(
    grad: Real,
    x: Real,
    *,
    negative_slope: float = 0.01,
    at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0,
) -> Gradients:
    middle = negative_slope + at_zero * (1 - negative_slope)
    sides = grad * (x > 0) + negative_slope * grad * ~(x > 0)
    return (np.where(x == 0, middle * grad, sides),)


def positively_homogeneous(f, x, negative_slope):
    """Tripling the input triples the output."""
    return f(3 * x, negative_slope=negative_slope), 3 * f(x, negative_slope=negative_slope)


def leaks_the_slope(f, x, negative_slope):
    """The outputs at x and -x add up to (1 - slope) |x|."""
    both = f(x, negative_slope=negative_slope) + f(-x, negative_slope=negative_slope)
    return both, (1 - negative_slope) * np.abs(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, **settings: torch.nn.functional.leaky_relu(x, **settings),
    properties=(positively_homogeneous, leaks_the_slope),
)
