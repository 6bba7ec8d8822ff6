"""Adadelta: steps in the units of the weights, so that no learning rate has to be tuned.

    E[g^2] <- rho E[g^2] + (1 - rho) g^2
    d = sqrt(E[d^2] + epsilon) / sqrt(E[g^2] + epsilon) g
    E[d^2] <- rho E[d^2] + (1 - rho) d^2,    w <- w - learning_rate d

Epsilon is inside both roots by definition. It determines the length of the first step, because
E[d^2] is 0 at the start. The paper has no learning rate, which is the same as a rate of 1. PyTorch
and lecture 001 use 1 as the default, Keras uses 0.001. E[d^2] stores the step without the rate, so
for given gradients the rate scales the path and changes nothing else. The default rho is 0.95 here
and in Keras, and 0.9 in PyTorch; epsilon is 1e-6 here and in PyTorch, and 1e-7 in Keras.

    >>> update(np.array([4.0, 0.0]), init(np.ones(2)), np.ones(2), rho=0.75, epsilon=2.25)[0]
    array([-1.4,  1. ])

Source: Zeiler 2012, algorithm 1; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Range, Real, Try


class State(NamedTuple):
    square: Real
    step_square: Real


def init(param: Real) -> State:
    return State(np.zeros_like(param), np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((1.0, 0.001)), Range(0, math.inf)] = 1.0,
    rho: Shaped[float, Try((0.95, 0.5)), Range(0, 1)] = 0.95,
    epsilon: Shaped[float, Try((1e-6, 0.01)), Range(0, math.inf)] = 1e-6,
) -> tuple[Real, State]:
    square = rho * state.square + (1 - rho) * grad**2
    step = np.sqrt(state.step_square + epsilon) / np.sqrt(square + epsilon) * grad
    step_square = rho * state.step_square + (1 - rho) * step**2
    return param - learning_rate * step, State(square, step_square)


def scales_with_the_rate(f, grad, state, param, learning_rate, **settings):
    """Doubling the learning rate doubles every step and leaves the state as it is."""
    slow, slow_state = f(grad, state, param, learning_rate=learning_rate, **settings)
    slow, _ = f(3 * grad, slow_state, slow, learning_rate=learning_rate, **settings)
    fast, state = f(grad, state, param, learning_rate=2 * learning_rate, **settings)
    fast, _ = f(3 * grad, state, fast, learning_rate=2 * learning_rate, **settings)
    return fast - param, 2 * (slow - param)


def has_the_units_of_the_weights(f, grad, state, param, epsilon, **settings):
    """If the gradient and sqrt(epsilon) are multiplied by 4, so are the steps."""
    small, other = f(grad, state, param, epsilon=epsilon, **settings)
    small, _ = f(-grad, other, small, epsilon=epsilon, **settings)
    large, other = f(4 * grad, state, param, epsilon=16 * epsilon, **settings)
    large, _ = f(-4 * grad, other, large, epsilon=16 * epsilon, **settings)
    return large - param, 4 * (small - param)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=lambda torch, params, learning_rate, rho, epsilon: torch.optim.Adadelta(
        params, lr=learning_rate, rho=rho, eps=epsilon
    ),
    properties=(scales_with_the_rate, has_the_units_of_the_weights),
)
