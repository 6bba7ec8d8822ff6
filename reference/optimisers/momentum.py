"""Gradient descent with momentum: the velocity accumulates the earlier gradients.

    v <- momentum v - (1 - dampening) g,                  w <- w + learning_rate v
    v <- momentum v - learning_rate (1 - dampening) g,    w <- w + v           (lr_inside)

The velocity has the direction in which the parameter moves; PyTorch and lecture 002 store its
negative. The learning rate is outside the velocity in lectures 000 and 002 and in PyTorch, and
inside in lecture 001 and in Keras. Both forms give the same path while the rate is constant. After
a change, the new rate applies to the whole velocity if it is outside, but only to later gradients
if it is inside. Lecture 002 takes a moving average of the gradients: this is dampening equal to
momentum, and gives the path without dampening at (1 - momentum) times the rate.

The velocity starts at zero, and the first gradient is dampened as well (zero_init). In PyTorch, the
velocity instead starts with the first gradient without dampening (copy_grad). Without dampening,
the two are the same. Keras has no dampening. The default momentum is 0.9 here, as in the examples
of the lectures, and 0 in PyTorch and in Keras.

    >>> round(update(2.0, State(1, -2.0), 0.8, learning_rate=0.1, momentum=0.5)[0], 4)
    0.5

Source: Polyak 1964; lecture 000; Vanschoren (001); lecture 002.
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


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
    learning_rate: Shaped[float, Try((0.1, 0.01)), Range(0, math.inf)] = 0.01,
    momentum: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
    dampening: Shaped[float, Try((0.0, 0.9, 0.25)), Range(0, 1)] = 0.0,
    lr_inside: Shaped[bool, Convention((False, True))] = False,
    first_step: Shaped[str, Convention(("zero_init", "copy_grad"))] = "zero_init",
) -> tuple[Real, State]:
    copied = first_step == "copy_grad" and state.step == 0
    push = grad if copied else (1 - dampening) * grad
    inside, outside = (learning_rate, 1.0) if lr_inside else (1.0, learning_rate)
    velocity = momentum * state.velocity - inside * push
    return param + outside * velocity, State(state.step + 1, velocity)


def coasts(f, grad, state, param, momentum, **settings):
    """If the gradient becomes zero, each step is the previous step times the momentum."""
    once, state = f(grad, state, param, momentum=momentum, **settings)
    twice, _ = f(0 * grad, state, once, momentum=momentum, **settings)
    return twice - once, momentum * (once - param)


def one_path_while_the_rate_is_constant(f, grad, state, param, **settings):
    """At a constant rate, it does not matter whether the rate is inside or outside."""
    settings = {**settings, "lr_inside": True}
    inside, ours = f(grad, state, param, **settings)
    inside, _ = f(3 * grad, ours, inside, **settings)
    settings["lr_inside"] = False
    outside, ours = f(grad, state, param, **settings)
    outside, _ = f(3 * grad, ours, outside, **settings)
    return inside, outside


def new_rate(f, grad, state, param, learning_rate, momentum, lr_inside, **settings):
    """Doubling the rate doubles the next coasting step if it is outside, not if it is inside."""
    settings = {**settings, "momentum": momentum, "lr_inside": lr_inside}
    once, state = f(grad, state, param, learning_rate=learning_rate, **settings)
    twice, _ = f(0 * grad, state, once, learning_rate=2 * learning_rate, **settings)
    return twice - once, (1 if lr_inside else 2) * momentum * (once - param)


def _torch(torch, params, learning_rate, momentum, dampening, lr_inside, first_step):
    # At a constant rate it does not matter whether the rate is inside or outside, and dampening
    # from the first step on is the same as a smaller rate.
    if first_step == "zero_init":
        learning_rate, dampening = learning_rate * (1 - dampening), 0
    return torch.optim.SGD(params, lr=learning_rate, momentum=momentum, dampening=dampening)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(coasts, one_path_while_the_rate_is_constant, new_rate),
)
