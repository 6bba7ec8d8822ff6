"""The path of momentum down the toy surface, with or without looking ahead.

    v <- momentum v - learning_rate g(p)
    w <- w + v
    p = w, or where the velocity alone would bring us: w + momentum v, with v still the old one
                                                                             (nesterov)

g is the gradient of `toy_surface`, v starts at 0 and the path at `start`, which is its first row.
Lecture 001 walks from (0.8, 1.6). Momentum 0 is plain gradient descent. Steps that leave the
neighbourhood of the surface's valley are left out of account: its walls rise like the eighth power.

Source: Polyak 1964; Nesterov 1983; Vanschoren (001), "Toy surface".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.descent import gradient_descent, toy_surface
from reference.spec import Between, Example, Procedure, Real, Try

NEIGHBOURHOOD = 4.0


def run(
    start: Shaped[Real, "2", Between(0, 1.7)],
    *,
    learning_rate: Shaped[float, Try((0.005, 0.001, 0.01))] = 0.005,
    momentum: Shaped[float, Try((0.9, 0.5))] = 0.9,
    nesterov: Shaped[bool, Try((False, True))] = False,
    steps: Shaped[int, Try((3, 2, 5, 0))] = 100,
) -> Shaped[Real, "t 2"]:
    velocity, path = 0 * start, [start]
    for _ in range(steps):
        point = path[-1] + momentum * velocity if nesterov else path[-1]
        velocity = momentum * velocity - learning_rate * _slope(point)
        path.append(path[-1] + velocity)
    return np.stack(path)


def _slope(point: Real) -> Real:
    return np.stack(toy_surface.backward(np.array(1.0), point[0], point[1]))


def stays_near(start, learning_rate, momentum, nesterov, steps):
    path = run(
        start, learning_rate=learning_rate, momentum=momentum, nesterov=nesterov, steps=steps
    )
    return bool(np.abs(path).max() < NEIGHBOURHOOD)


def gradient_descent_without_momentum(f, start, learning_rate, momentum, nesterov, steps):
    """Without momentum there is nothing to look ahead to: it is gradient descent."""
    plain = gradient_descent.descend(_slope, start, learning_rate=learning_rate, steps=1)
    settings = {"learning_rate": learning_rate, "momentum": 0.0, "steps": 1}
    return (f(start, nesterov=True, **settings), f(start, nesterov=False, **settings)), (
        plain,
        plain,
    )


def rests_in_the_minimum(f, start, **settings):
    """Where the gradient is zero and nothing moves, nothing begins to."""
    minimum = np.array(toy_surface.MINIMUM)
    path = f(minimum + 0 * start, **settings)
    return path, np.broadcast_to(minimum, path.shape)


def ahead_of_the_second_step(f, start, learning_rate, momentum, nesterov, steps):
    """After one step the velocity is that step; the second adds to it the gradient ahead."""
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
    laws=(gradient_descent_without_momentum, rests_in_the_minimum, ahead_of_the_second_step),
    source="Vanschoren (001)",
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
