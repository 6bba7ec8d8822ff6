"""Nesterov momentum: the gradient is taken where the velocity alone would bring us.

    v <- momentum v - learning_rate g(w + momentum v),   w <- w + v               (lookahead)
    v <- momentum v - learning_rate g(s),   s <- s + momentum v - learning_rate g(s)  (shifted)

The shifted form follows s = w + momentum v, the point ahead, so that the gradient belongs where
the parameter is; torch and Keras do that. In the lookahead form, of lecture 001, `ahead` says
where the caller must take the gradient; the update is then the same as plain momentum's. Both
start with v = 0, where w and s are one.

Source: Nesterov 1983; Sutskever, Martens, Dahl, Hinton 2013; Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Real, Try


class State(NamedTuple):
    velocity: Real


def init(param: Real) -> State:
    return State(np.zeros_like(param))


def ahead(state: State, param: Real, *, momentum: float = 0.9, form: str = "shifted") -> Real:
    """Where to take the gradient."""
    return param + momentum * state.velocity if form == "lookahead" else param


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01))] = 0.01,
    momentum: Shaped[float, Try((0.9, 0.5))] = 0.9,
    form: Shaped[str, Try(("shifted", "lookahead"))] = "shifted",
) -> tuple[Real, State]:
    velocity = momentum * state.velocity - learning_rate * grad
    if form == "lookahead":
        return param + velocity, State(velocity)
    return param + momentum * velocity - learning_rate * grad, State(velocity)


def two_forms_of_one_path(f, grad, state, param, momentum, form, **settings):
    """On a parabola, the shifted parameter is always where the other form looks ahead to."""
    settings = {**settings, "momentum": momentum}
    shifted = plain = param
    here = there = state
    for _ in range(3):
        shifted, here = f(shifted - grad, here, shifted, form="shifted", **settings)
        point = ahead(there, plain, momentum=momentum, form="lookahead")
        plain, there = f(point - grad, there, plain, form="lookahead", **settings)
    return shifted, ahead(there, plain, momentum=momentum, form="lookahead")


def coasts(f, grad, state, param, momentum, **settings):
    """Without a gradient, the velocity shrinks by the momentum and the parameter follows."""
    once, state = f(grad, state, param, momentum=momentum, **settings)
    twice, state = f(0 * grad, state, once, momentum=momentum, **settings)
    thrice, _ = f(0 * grad, state, twice, momentum=momentum, **settings)
    return thrice - twice, momentum * (twice - once)


def first_step(f, grad, state, param, learning_rate, momentum, form):
    """The first step is one of gradient descent, which the shifted form already looks beyond."""
    moved, _ = f(grad, state, param, learning_rate=learning_rate, momentum=momentum, form=form)
    reach = 1 if form == "lookahead" else 1 + momentum
    return moved, param - reach * learning_rate * grad


def _torch(torch, params, learning_rate, momentum, form):
    # Handed its gradients, the lookahead form is plain momentum: it differs in where they are from.
    nesterov = form == "shifted"
    return torch.optim.SGD(params, lr=learning_rate, momentum=momentum, nesterov=nesterov)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    laws=(two_forms_of_one_path, coasts, first_step),
    source="Sutskever et al. 2013; Vanschoren (001)",
)
