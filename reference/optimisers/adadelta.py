"""Adadelta: steps in the units of the weights, so that no learning rate need be chosen.

    E[g^2] <- rho E[g^2] + (1 - rho) g^2
    d = sqrt(E[d^2] + epsilon) / sqrt(E[g^2] + epsilon) g
    E[d^2] <- rho E[d^2] + (1 - rho) d^2,    w <- w - learning_rate d

Epsilon stands inside both roots by definition: it is what the first step starts from, as E[d^2]
is 0 then. The paper has no rate, which is a rate of 1; torch and lecture 001 take 1 too, Keras
0.001. The rate is outside what is remembered: it scales the path and nothing else.

Source: Zeiler 2012, algorithm 1; Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Real, Try


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
    learning_rate: Shaped[float, Try((1.0, 0.001))] = 1.0,
    rho: Shaped[float, Try((0.95, 0.5))] = 0.95,
    epsilon: Shaped[float, Try((1e-6, 0.01))] = 1e-6,
) -> tuple[Real, State]:
    square = rho * state.square + (1 - rho) * grad**2
    step = np.sqrt(state.step_square + epsilon) / np.sqrt(square + epsilon) * grad
    step_square = rho * state.step_square + (1 - rho) * step**2
    return param - learning_rate * step, State(square, step_square)


def scales_with_the_rate(f, grad, state, param, learning_rate, **settings):
    """Twice the rate doubles every step and changes nothing of what is remembered."""
    slow, slow_state = f(grad, state, param, learning_rate=learning_rate, **settings)
    slow, _ = f(3 * grad, slow_state, slow, learning_rate=learning_rate, **settings)
    fast, state = f(grad, state, param, learning_rate=2 * learning_rate, **settings)
    fast, _ = f(3 * grad, state, fast, learning_rate=2 * learning_rate, **settings)
    return fast - param, 2 * (slow - param)


def has_the_units_of_the_weights(f, grad, state, param, epsilon, **settings):
    """The gradient and sqrt(epsilon) measured in other units: the steps are in these units too."""
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
    laws=(scales_with_the_rate, has_the_units_of_the_weights),
    source="Zeiler 2012, algorithm 1",
)
