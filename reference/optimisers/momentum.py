"""Gradient descent with momentum: the velocity remembers where earlier gradients pointed.

    v <- momentum v - (1 - dampening) g,                  w <- w + learning_rate v
    v <- momentum v - learning_rate (1 - dampening) g,    w <- w + v           (lr_inside)

The velocity points where the parameter goes; torch and lecture 002 keep its opposite. The rate
stands outside in lectures 000 and 002 and in torch, inside in lecture 001 and in Keras. While it
is constant the paths are one; after a change, it rules the whole velocity where it is outside,
but only the gradients still to come where it is inside. Lecture 002 takes a moving average of
gradients: dampening equal to momentum, as if without it at (1 - momentum) times the rate.

At first the velocity is zero, and the first gradient is dampened as well (zero_init). torch
instead starts from the first gradient itself, undampened (copy_grad). Without dampening the two
are the same.

Source: Polyak 1964; lecture 000; Vanschoren (001); lecture 002.
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Real, Try


class State(NamedTuple):
    step: int
    velocity: Real


def init(param: Real) -> State:
    return State(0, np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01))] = 0.01,
    momentum: Shaped[float, Try((0.9, 0.5))] = 0.9,
    dampening: Shaped[float, Try((0.0, 0.9, 0.25))] = 0.0,
    lr_inside: Shaped[bool, Try((False, True))] = False,
    first_step: Shaped[str, Try(("zero_init", "copy_grad"))] = "zero_init",
) -> tuple[Real, State]:
    copied = first_step == "copy_grad" and state.step == 0
    push = grad if copied else (1 - dampening) * grad
    inside, outside = (learning_rate, 1.0) if lr_inside else (1.0, learning_rate)
    velocity = momentum * state.velocity - inside * push
    return param + outside * velocity, State(state.step + 1, velocity)


def coasts(f, grad, state, param, momentum, **settings):
    """Without a gradient, each step is the one before it times the momentum."""
    once, state = f(grad, state, param, momentum=momentum, **settings)
    twice, _ = f(0 * grad, state, once, momentum=momentum, **settings)
    return twice - once, momentum * (once - param)


def one_path_while_the_rate_is_constant(f, grad, state, param, **settings):
    """Rate inside or outside the velocity: the path is the same."""
    settings = {**settings, "lr_inside": True}
    inside, ours = f(grad, state, param, **settings)
    inside, _ = f(3 * grad, ours, inside, **settings)
    settings["lr_inside"] = False
    outside, ours = f(grad, state, param, **settings)
    outside, _ = f(3 * grad, ours, outside, **settings)
    return inside, outside


def new_rate(f, grad, state, param, learning_rate, momentum, lr_inside, **settings):
    """The rate doubled: a velocity without it doubles its step, one that holds it does not."""
    settings = {**settings, "momentum": momentum, "lr_inside": lr_inside}
    once, state = f(grad, state, param, learning_rate=learning_rate, **settings)
    twice, _ = f(0 * grad, state, once, learning_rate=2 * learning_rate, **settings)
    return twice - once, (1 if lr_inside else 2) * momentum * (once - param)


def _torch(torch, params, learning_rate, momentum, dampening, lr_inside, first_step):
    # At a constant rate it does not matter where the rate stands, and dampening from the very
    # first step is a smaller rate.
    if first_step == "zero_init":
        learning_rate, dampening = learning_rate * (1 - dampening), 0
    return torch.optim.SGD(params, lr=learning_rate, momentum=momentum, dampening=dampening)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    laws=(coasts, one_path_while_the_rate_is_constant, new_rate),
    source="Polyak 1964; lectures 000, 001, 002",
)
