"""Stochastic gradient descent: a step against the gradient.

    w <- w - learning_rate g

What makes it stochastic is where g comes from: one example (lecture 002), a mini-batch (lecture
000), or all of them, when it is plain gradient descent. There is nothing to remember between
steps, so the state is empty.

Source: Robbins and Monro 1951; Brajard (003).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

from reference.spec import Optimiser, Real, Try


class State(NamedTuple):
    """Nothing to remember."""


def init(param: Real) -> State:
    return State()


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01, 0.5))] = 0.01,
) -> tuple[Real, State]:
    return param - learning_rate * grad, state


def rests_without_gradient(f, grad, state, param, **settings):
    """Where the gradient is zero the parameter stays."""
    return f(0 * grad, state, param, **settings)[0], param


def two_steps_are_one_of_double_length(f, grad, state, param, learning_rate):
    """Two steps along one gradient are one step at twice the rate."""
    once, between = f(grad, state, param, learning_rate=learning_rate)
    twice, _ = f(grad, between, once, learning_rate=learning_rate)
    return twice, f(grad, state, param, learning_rate=2 * learning_rate)[0]


SPEC = Optimiser(
    init=init,
    update=update,
    torch=lambda torch, params, learning_rate: torch.optim.SGD(params, lr=learning_rate),
    laws=(rests_without_gradient, two_steps_are_one_of_double_length),
    source="Brajard (003)",
)
