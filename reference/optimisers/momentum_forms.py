"""Momentum in the forms of three lectures, under learning rates that change.

    v <- momentum v - g,                       w <- w + rate v         (outside: lecture 000)
    v <- momentum v - rate g,                  w <- w + v              (inside: lecture 001)
    v <- momentum v + (1 - momentum) g,        w <- w - rate v         (average: lecture 002)

`rates` has the rate of each step. While it is constant, the first two are one path and the third is
theirs at (1 - momentum) times the rate. When it drops, the forms part: outside, the whole velocity
slows down at once; inside, what was gathered at the old rate is still spent.

Source: Polyak 1964; lecture 000; Vanschoren (001); lecture 002.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.optimisers import momentum as plain
from reference.spec import Between, Procedure, Real, Try

SETTINGS = {"outside": (0.0, False), "inside": (0.0, True), "average": (1.0, False)}


def run(
    start: Shaped[Real, "d"],
    grads: Shaped[Real, "t d"],
    rates: Shaped[Real, "t", Between(0, 1)],
    *,
    momentum: Shaped[float, Try((0.9, 0.5))] = 0.9,
    velocity: Shaped[str, Try(tuple(SETTINGS))] = "outside",
) -> Shaped[Real, "t d"]:
    """The parameter after each step."""
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
    """At one rate, inside and outside are the same, and the average is slower by 1 - momentum."""
    constant = 0 * rates + 0.25
    outside = f(start, grads, constant, momentum=momentum, velocity="outside")
    inside = f(start, grads, constant, momentum=momentum, velocity="inside")
    faster = constant / (1 - momentum)
    average = f(start, grads, faster, momentum=momentum, velocity="average")
    return (inside, average), (outside, outside)


def rate_dropped_to_zero(f, start, grads, rates, momentum, velocity):
    """Where the rate becomes zero, a velocity without it stands still and one with it coasts."""
    twice = np.concatenate([grads, grads[:1]])
    stopped = np.concatenate([rates, 0 * rates[:1]])
    path = np.concatenate(
        [start[None], f(start, twice, stopped, momentum=momentum, velocity=velocity)]
    )
    last = path[-1] - path[-2]
    return last, (momentum if velocity == "inside" else 0) * (path[-2] - path[-3])


def first_step(f, start, grads, rates, momentum, velocity):
    """The first step is one of gradient descent, for the average a shorter one."""
    first = f(start, grads, rates, momentum=momentum, velocity=velocity)[0]
    return first, start - (1 - momentum if velocity == "average" else 1) * rates[0] * grads[0]


def _torch(torch, start, grads, rates, momentum, velocity):
    # torch keeps the rate outside; inside, it is part of the gradient and the rate is 1.
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
    laws=(one_path_while_the_rate_is_constant, rate_dropped_to_zero, first_step),
    source="lectures 000, 001, 002",
)
