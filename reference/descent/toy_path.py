"""The path of gradient descent with momentum on the toy surface, with or without looking ahead.

    v <- momentum v - learning_rate g(p)
    w <- w + v
    p = w, or the point that the velocity alone leads to: w + momentum v, with v still the old one
                                                                             (nesterov)

g is the gradient of `toy_surface`. The velocity v starts at 0, and the path, of shape
(steps + 1, 2), starts at `start`. Lecture 001 starts at (0.8, 1.6). Momentum 0 is plain gradient
descent. Test cases exclude paths that leave the neighbourhood of the valley of the surface, because
its walls rise like the eighth power.

    >>> run(np.array([0.8, 1.6]), steps=2).round(4)
    array([[0.8   , 1.6   ],
           [0.5756, 1.1812],
           [0.3415, 0.6891]])

Source: Polyak 1964; Nesterov 1983; Vanschoren (001), "Toy surface".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.descent import gradient_descent, toy_surface
from reference.spec import Between, Example, Procedure, Range, Real, Try

NEIGHBOURHOOD = 4.0


def run(
    start: Shaped[Real, "2", Between(0, 1.7)],
    *,
    learning_rate: Shaped[float, Try((0.005, 0.001, 0.01)), Range(0, 0.01)] = 0.005,
    momentum: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
    nesterov: Shaped[bool, Try((False, True))] = False,
    steps: Shaped[int, Try((3, 2, 5, 0)), Range(0, 8)] = 100,
) -> Shaped[Real, "t 2"]:
    velocity, path = 0 * start, [start]
    for _ in range(steps):
        point = path[-1] + momentum * velocity if nesterov else path[-1]
        velocity = momentum * velocity - learning_rate * _slope(point)
        path.append(path[-1] + velocity)
    return np.stack(path)


def _slope(point: Real) -> Real:
    return np.stack(toy_surface.backward(np.ones((), point.dtype), point[0], point[1]))


def stays_near(start, learning_rate, momentum, nesterov, steps):
    path = run(
        start, learning_rate=learning_rate, momentum=momentum, nesterov=nesterov, steps=steps
    )
    return bool(np.abs(path).max() < NEIGHBOURHOOD)


def gradient_descent_without_momentum(f, start, learning_rate, momentum, nesterov, steps):
    """With momentum 0, both forms are gradient descent."""
    plain = gradient_descent.descend(_slope, start, learning_rate=learning_rate, steps=1)
    settings = {"learning_rate": learning_rate, "momentum": 0.0, "steps": 1}
    return (f(start, nesterov=True, **settings), f(start, nesterov=False, **settings)), (
        plain,
        plain,
    )


def rests_in_the_minimum(f, start, **settings):
    """A path that starts at the minimum stays there."""
    minimum = np.array(toy_surface.MINIMUM)
    path = f(minimum + 0 * start, **settings)
    return path, np.broadcast_to(minimum, path.shape)


def ahead_of_the_second_step(f, start, learning_rate, momentum, nesterov, steps):
    """With `nesterov`, the second step takes the gradient at w + momentum v."""
    rate = 0.001
    path = f(start, learning_rate=rate, momentum=momentum, nesterov=True, steps=2)
    moved = path[1] - path[0]
    return path[2], path[1] + momentum * moved - rate * _slope(path[1] + momentum * moved)


def _torch(torch, start, learning_rate, momentum, nesterov, steps):
    velocity, path = torch.zeros_like(start), [start]
    for _ in range(steps):
        point = path[-1] + momentum * velocity if nesterov else path[-1]
        point = point.detach().requires_grad_()
        x, y = point
        height = sum((k - x * (1 - y**n)) ** 2 for n, k in ((1, 1.5), (2, 2.25), (3, 2.625)))
        (slope,) = torch.autograd.grad(height, point)
        velocity = momentum * velocity - learning_rate * slope
        path.append(path[-1] + velocity)
    return torch.stack(path)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(gradient_descent_without_momentum, rests_in_the_minimum, ahead_of_the_second_step),
    examples=tuple(
        Example(
            inputs={"start": toy_surface.START, "nesterov": nesterov, "steps": 3},
            prints={"run": (None,)},
            source="the text, from the start of lecture 001",
        )
        for nesterov in (False, True)
    ),
    possible=stays_near,
)
