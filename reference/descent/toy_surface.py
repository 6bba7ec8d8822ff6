"""The surface of lecture 001 on which optimisers race: Beale's function.

    a = 1.5 - x + x y,   b = 2.25 - x + x y^2,   c = 2.625 - x + x y^3
    f = a^2 + b^2 + c^2                                                    (forward)
    df/dx = 2 a (y - 1) + 2 b (y^2 - 1) + 2 c (y^3 - 1)
    df/dy = 2 a x + 4 b x y + 6 c x y^2                                    (backward, times g)

Its one minimum, 0, is at MINIMUM. Paths begin at START, behind a flat valley with steep walls.

Source: Beale 1958; Vanschoren (001), "Toy surface".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Example, Gradients, Real, Spec

START = (0.8, 1.6)
MINIMUM = (3.0, 0.5)


def forward(x: Shaped[Real, "..."], y: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    a, b, c = _residuals(x, y)
    return a**2 + b**2 + c**2


def backward(grad: Real, x: Real, y: Real) -> Gradients:
    a, b, c = _residuals(x, y)
    dx = 2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1)
    dy = 2 * a * x + 4 * b * x * y + 6 * c * x * y**2
    return grad * dx, grad * dy


def gradient(point: Real) -> Real:
    """The gradient at a point (x, y), for an optimiser."""
    return np.stack(backward(np.ones_like(point[0]), point[0], point[1]))


def _residuals(x: Real, y: Real) -> tuple[Real, Real, Real]:
    return 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3


def flat_along_the_axis(f, x, y):
    """Where x is 0, so is the slope across: the surface is as high for every y."""
    return f(0 * x, y), f(0 * x, 1 + 0 * y)


def flat_along_one(f, x, y):
    """Where y is 1, x has no say either."""
    return f(x, 1 + 0 * y), f(0 * x, 1 + 0 * y)


def zero_in_the_minimum(f, x, y):
    """The surface is 0 at (3, 0.5) and curves upward from there."""
    height = f(MINIMUM[0] + 0 * x, MINIMUM[1] + 0 * y)
    away = f(MINIMUM[0] + 1 + 0 * x, MINIMUM[1] + 0 * y)
    return (height, np.sign(away)), (0 * x * y, 1 + 0 * x * y)


def _torch(torch, x, y):
    return sum((k - x * (1 - y**n)) ** 2 for n, k in ((1, 1.5), (2, 2.25), (3, 2.625)))


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    laws=(flat_along_the_axis, flat_along_one, zero_in_the_minimum),
    source="Beale 1958; Vanschoren (001)",
    examples=(
        Example(
            inputs={"x": 3.0, "y": 0.5},
            prints={"forward": ("0.0",), "gradient": ("0.0", "0.0")},
            source="Vanschoren (001), the minimum marked in its figures",
        ),
    ),
)
