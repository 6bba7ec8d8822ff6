"""Nesterov momentum: the gradient is taken at the point to which the velocity alone would move.

    v <- momentum v - learning_rate g(w + momentum v),   w <- w + v               (lookahead)
    v <- momentum v - learning_rate g(s),   s <- s + momentum v - learning_rate g(s)  (shifted)

The shifted form stores s = w + momentum v, the lookahead point, so that the gradient is taken at
the stored parameter. PyTorch and Keras use this form. In the lookahead form, which lecture 001
uses, `ahead` returns the point at which the caller must take the gradient; the update is then the
same as that of plain momentum. Both forms start with v = 0, where w and s are equal. The default
momentum is 0.9 here, and 0 in PyTorch and in Keras, where Nesterov momentum is an option of SGD.

    >>> update(np.array([2.0, -2.0]), init(np.ones(2)), np.ones(2))[0].round(4)
    array([0.962, 1.038])

Source: Nesterov 1983; Sutskever, Martens, Dahl, Hinton 2013; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    velocity: Real


def init(param: Real) -> State:
    return State(np.zeros_like(param))


def ahead(state: State, param: Real, *, momentum: float = 0.9, form: str = "shifted") -> Real:
    """Return the point at which to take the gradient."""
    return param + momentum * state.velocity if form == "lookahead" else param


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01)), Range(0, math.inf)] = 0.01,
    momentum: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
    form: Shaped[str, Convention(("shifted", "lookahead"))] = "shifted",
) -> tuple[Real, State]:
    velocity = momentum * state.velocity - learning_rate * grad
    if form == "lookahead":
        return param + velocity, State(velocity)
    return param + momentum * velocity - learning_rate * grad, State(velocity)


def two_forms_of_one_path(f, grad, state, param, momentum, form, **settings):
    """On a parabola, the shifted parameter is the lookahead point of the other form."""
    settings = {**settings, "momentum": momentum}
    shifted = plain = param
    here = there = state
    for _ in range(3):
        shifted, here = f(shifted - grad, here, shifted, form="shifted", **settings)
        point = ahead(there, plain, momentum=momentum, form="lookahead")
        plain, there = f(point - grad, there, plain, form="lookahead", **settings)
    return shifted, ahead(there, plain, momentum=momentum, form="lookahead")


def coasts(f, grad, state, param, momentum, **settings):
    """Among steps with zero gradient, each is the previous step times the momentum."""
    once, state = f(grad, state, param, momentum=momentum, **settings)
    twice, state = f(0 * grad, state, once, momentum=momentum, **settings)
    thrice, _ = f(0 * grad, state, twice, momentum=momentum, **settings)
    return thrice - twice, momentum * (twice - once)


def first_step(f, grad, state, param, learning_rate, momentum, form):
    """The first step is one of gradient descent; the shifted form multiplies it by 1 + momentum."""
    moved, _ = f(grad, state, param, learning_rate=learning_rate, momentum=momentum, form=form)
    reach = 1 if form == "lookahead" else 1 + momentum
    return moved, param - reach * learning_rate * grad


def _torch(torch, params, learning_rate, momentum, form):
    # With given gradients, the lookahead form is plain momentum. Only their point differs.
    nesterov = form == "shifted"
    return torch.optim.SGD(params, lr=learning_rate, momentum=momentum, nesterov=nesterov)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(two_forms_of_one_path, coasts, first_step),
)
