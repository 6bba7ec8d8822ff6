"""RMSProp: the gradient divided by the root of its recent mean square.

    s <- rho s + (1 - rho) g^2,    m <- rho m + (1 - rho) g
    r = s, or s - m^2 if centred
    u = g / (sqrt(r) + epsilon)                              (epsilon outside)
    u = g / sqrt(r + epsilon)                                (epsilon inside)
    v <- momentum v - u,                  w <- w + learning_rate v
    v <- momentum v - learning_rate u,    w <- w + v         (lr_inside)

Epsilon is outside the root in PyTorch, and inside in lecture 001 and in Keras. rho is 0.9 in
lecture 001 and Keras, 0.99 in PyTorch (alpha), and 0.999 in lecture 002, which calls g the error by
mistake. With momentum, the rate is inside the velocity in Keras and outside in PyTorch; both give
the same path while the rate is constant. The default learning rate is 0.001 here and in Keras, and
0.01 in PyTorch. Lecture 001 plots RMSProp with momentum as rmsprop_mom, which it never runs.

s - m^2 is a variance. If rounding makes it negative, it is set to 0; in PyTorch the result is nan.

    >>> update(np.array([4.0, -0.4]), init(np.ones(2)), np.ones(2), rho=0.75)[0].round(4)
    array([0.998, 1.002])

Source: Tieleman and Hinton 2012, lecture 6.5; Graves 2013, eq. 38-41 (centred); Vanschoren (001).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    square: Real
    mean: Real
    velocity: Real


def init(param: Real) -> State:
    return State(np.zeros_like(param), np.zeros_like(param), np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.001)), Range(0, math.inf)] = 0.001,
    rho: Shaped[float, Try((0.9, 0.99)), Range(0.5, 1)] = 0.9,
    epsilon: Shaped[float, Try((1e-7, 0.01)), Range(0, math.inf)] = 1e-7,
    epsilon_mode: Shaped[str, Convention(("outside", "inside"))] = "outside",
    centred: Shaped[bool, Convention((False, True))] = False,
    momentum: Shaped[float, Try((0.0, 0.9)), Range(0, 1)] = 0.0,
    lr_inside: Shaped[bool, Convention((False, True))] = False,
) -> tuple[Real, State]:
    square = rho * state.square + (1 - rho) * grad**2
    mean = rho * state.mean + (1 - rho) * grad
    spread = np.maximum(square - mean**2, 0) if centred else square
    root = np.sqrt(spread + epsilon) if epsilon_mode == "inside" else np.sqrt(spread) + epsilon
    inside, outside = (learning_rate, 1.0) if lr_inside else (1.0, learning_rate)
    velocity = momentum * state.velocity - inside * grad / root
    return param + outside * velocity, State(square, mean, velocity)


def epsilon_inside_is_a_head_start(f, grad, state, param, rho, epsilon, epsilon_mode, **settings):
    """Epsilon inside the root has the same effect as a mean square larger by epsilon."""
    settings = {**settings, "rho": rho}
    inside, _ = f(grad, state, param, epsilon=epsilon, epsilon_mode="inside", **settings)
    ahead = state._replace(square=state.square + epsilon / rho)
    return inside, f(grad, ahead, param, epsilon=0.0, epsilon_mode="outside", **settings)[0]


def one_path_while_the_rate_is_constant(f, grad, state, param, lr_inside, **settings):
    """At a constant rate, it does not matter whether the rate is inside or outside."""
    inside, ours = f(grad, state, param, lr_inside=True, **settings)
    inside, _ = f(3 * grad, ours, inside, lr_inside=True, **settings)
    outside, ours = f(grad, state, param, lr_inside=False, **settings)
    outside, _ = f(3 * grad, ours, outside, lr_inside=False, **settings)
    return inside, outside


def new_rate(f, grad, state, param, learning_rate, momentum, lr_inside, **settings):
    """Doubling the rate doubles the next coasting step if it is outside, not if it is inside."""
    settings = {**settings, "momentum": momentum, "lr_inside": lr_inside}
    once, state = f(grad, state, param, learning_rate=learning_rate, **settings)
    twice, _ = f(0 * grad, state, once, learning_rate=2 * learning_rate, **settings)
    return twice - once, (1 if lr_inside else 2) * momentum * (once - param)


def _torch(torch, params, *, learning_rate, rho, epsilon, epsilon_mode, centred, momentum, **_):
    if epsilon_mode == "inside":
        return None
    return torch.optim.RMSprop(
        params, lr=learning_rate, alpha=rho, eps=epsilon, centered=centred, momentum=momentum
    )


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(epsilon_inside_is_a_head_start, one_path_while_the_rate_is_constant, new_rate),
)
