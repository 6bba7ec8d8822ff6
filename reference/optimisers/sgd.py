"""Stochastic gradient descent (SGD): a step against the gradient.

    w <- w - learning_rate g

The method is called stochastic if g is the gradient of one example (lecture 002) or of a mini-batch
(lecture 000). If g is the gradient of all examples, it is plain gradient descent. Nothing is
remembered between steps, so the state is empty. The default learning rate 0.01 is that of Keras;
PyTorch has 0.001. Lecture 000 calls it `lr`, a name that Keras no longer accepts.

    >>> update(2.0, init(1.0), 1.0, learning_rate=0.1)[0]
    0.8

Source: Robbins and Monro 1951; Brajard (003).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

from reference.spec import Optimiser, Range, Real, Try


class State(NamedTuple):
    """The empty state: nothing is remembered."""


def init(param: Real) -> State:
    return State()


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01, 0.5)), Range(0, math.inf)] = 0.01,
) -> tuple[Real, State]:
    return param - learning_rate * grad, state


def rests_without_gradient(f, grad, state, param, **settings):
    """Where the gradient is zero, the parameter does not change."""
    return f(0 * grad, state, param, **settings)[0], param


def two_steps_are_one_of_double_length(f, grad, state, param, learning_rate):
    """Two steps with the same gradient equal one step at twice the learning rate."""
    once, between = f(grad, state, param, learning_rate=learning_rate)
    twice, _ = f(grad, between, once, learning_rate=learning_rate)
    return twice, f(grad, state, param, learning_rate=2 * learning_rate)[0]


SPEC = Optimiser(
    init=init,
    update=update,
    torch=lambda torch, params, learning_rate: torch.optim.SGD(params, lr=learning_rate),
    properties=(rests_without_gradient, two_steps_are_one_of_double_length),
)
