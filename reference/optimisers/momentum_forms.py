"""Momentum in the forms of three lectures, with learning rates that change.

    v <- momentum v - g,                       w <- w + rate v         (outside: lecture 000)
    v <- momentum v - rate g,                  w <- w + v              (inside: lecture 001)
    v <- momentum v + (1 - momentum) g,        w <- w - rate v         (average: lecture 002)

`rates` holds the learning rate of each step, and `grads` the gradients, one row per step. While the
rate is constant, the first two forms give the same path, and the third gives their path at
(1 - momentum) times the rate. When the rate drops, the forms differ: outside, the whole velocity
slows down at once; inside, the velocity accumulated at the old rate still moves the parameter.
PyTorch has the form outside, Keras the form inside. If `grads` and `rates` have different lengths
or are empty, ValueError is raised.

    >>> run(np.ones(1), np.array([[2.0], [0.0]]), np.array([0.1, 0.01]), momentum=0.5).round(4)
    array([[0.8 ],
           [0.79]])

Source: Polyak 1964; lecture 000; Vanschoren (001); lecture 002.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.optimisers import momentum as plain
from reference.spec import Between, Procedure, Range, Real, Try

SETTINGS = {"outside": (0.0, False), "inside": (0.0, True), "average": (1.0, False)}


def run(
    start: Shaped[Real, "d"],
    grads: Shaped[Real, "t d"],
    rates: Shaped[Real, "t", Between(0, 1)],
    *,
    momentum: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
    velocity: Shaped[str, Try(tuple(SETTINGS))] = "outside",
) -> Shaped[Real, "t d"]:
    """Return the parameter after each step, without the start."""
    averaged, lr_inside = SETTINGS[velocity]
    param, state, path = start, plain.init(start), []
    for grad, rate in zip(grads, rates, strict=True):
        param, state = plain.update(
            grad,
            state,
            param,
            learning_rate=rate,
            momentum=momentum,
            dampening=averaged * momentum,
            lr_inside=lr_inside,
        )
        path.append(param)
    return np.stack(path)


def one_path_while_the_rate_is_constant(f, start, grads, rates, momentum, velocity):
    """At a constant rate, inside equals outside, and average equals both at a lower rate."""
    constant = 0 * rates + 0.25
    outside = f(start, grads, constant, momentum=momentum, velocity="outside")
    inside = f(start, grads, constant, momentum=momentum, velocity="inside")
    faster = constant / (1 - momentum)
    average = f(start, grads, faster, momentum=momentum, velocity="average")
    return (inside, average), (outside, outside)


def rate_dropped_to_zero(f, start, grads, rates, momentum, velocity):
    """If the rate becomes zero, outside and average stop, while inside moves on."""
    twice = np.concatenate([grads, grads[:1]])
    stopped = np.concatenate([rates, 0 * rates[:1]])
    path = np.concatenate(
        [start[None], f(start, twice, stopped, momentum=momentum, velocity=velocity)]
    )
    last = path[-1] - path[-2]
    return last, (momentum if velocity == "inside" else 0) * (path[-2] - path[-3])


def first_step(f, start, grads, rates, momentum, velocity):
    """The first step is one of gradient descent; average multiplies it by 1 - momentum."""
    first = f(start, grads, rates, momentum=momentum, velocity=velocity)[0]
    return first, start - (1 - momentum if velocity == "average" else 1) * rates[0] * grads[0]


def _torch(torch, start, grads, rates, momentum, velocity):
    # torch has the rate outside. For the form inside, it is part of the gradient and lr is 1.
    optimiser = torch.optim.SGD([start], lr=1.0, momentum=momentum)
    path = []
    for grad, rate in zip(grads, rates, strict=True):
        start.grad = {"outside": 1, "inside": rate, "average": 1 - momentum}[velocity] * grad
        optimiser.param_groups[0]["lr"] = 1.0 if velocity == "inside" else rate.item()
        optimiser.step()
        path.append(start.clone())
    return torch.stack(path)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(one_path_while_the_rate_is_constant, rate_dropped_to_zero, first_step),
)
