"""Beale's function, the surface on which lecture 001 compares optimisers.

    a = 1.5 - x + x y,   b = 2.25 - x + x y^2,   c = 2.625 - x + x y^3
    f = a^2 + b^2 + c^2                                                    (forward)
    df/dx = 2 a (y - 1) + 2 b (y^2 - 1) + 2 c (y^3 - 1)
    df/dy = 2 a x + 4 b x y + 6 c x y^2                                    (backward, times g)

Its only minimum has the value 0 and is at MINIMUM, (3, 0.5). Paths begin at START, (0.8, 1.6),
behind a flat valley with steep walls.

    >>> forward(np.array([3.0, 1.0]), np.array([0.5, 0.0])).round(4)
    array([0.    , 4.4531])

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
    """The gradient at a point (x, y), in the form an optimiser takes."""
    return np.stack(backward(np.ones_like(point[0]), point[0], point[1]))


def _residuals(x: Real, y: Real) -> tuple[Real, Real, Real]:
    return 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3


def flat_along_the_axis(f, x, y):
    """Where x is 0, the surface has the same height for every y."""
    return f(0 * x, y), f(0 * x, 1 + 0 * y)


def flat_along_one(f, x, y):
    """Where y is 1, the surface has the same height for every x."""
    return f(x, 1 + 0 * y), f(0 * x, 1 + 0 * y)


def zero_in_the_minimum(f, x, y):
    """The surface is 0 at its minimum (3, 0.5), and higher at (4, 0.5)."""
    height = f(MINIMUM[0] + 0 * x, MINIMUM[1] + 0 * y)
    away = f(MINIMUM[0] + 1 + 0 * x, MINIMUM[1] + 0 * y)
    return (height, np.sign(away)), (0 * x * y, 1 + 0 * x * y)


def _torch(torch, x, y):
    return sum((k - x * (1 - y**n)) ** 2 for n, k in ((1, 1.5), (2, 2.25), (3, 2.625)))


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(flat_along_the_axis, flat_along_one, zero_in_the_minimum),
    examples=(
        Example(
            inputs={"x": 3.0, "y": 0.5},
            prints={"forward": ("0.0",), "gradient": ("0.0", "0.0")},
            source="Vanschoren (001), the minimum marked in its figures",
        ),
    ),
)
