"""Adagrad: a rate of its own for every weight, smaller the more gradient the weight has seen.

    G <- G + g^2
    w <- w - learning_rate g / (sqrt(G) + epsilon)          (epsilon outside)
    w <- w - learning_rate g / sqrt(G + epsilon)            (epsilon inside)

G is the sum of squared gradients; lecture 001 words it as the "squared sum", a slip. G starts at
`initial_accumulator`: 0 in torch and lecture 001, 0.1 in Keras. Epsilon stands outside the root in
torch, inside in lecture 001 and in Keras, where it is but a larger start. A weight that never had
a gradient rests: 0 / epsilon.

Source: Duchi, Hazan, Singer 2011; Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Real, Try


class State(NamedTuple):
    squares: Real  # since the start, without what the accumulator started from


def init(param: Real) -> State:
    return State(np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.4, 0.01))] = 0.01,
    epsilon: Shaped[float, Try((1e-7, 0.01))] = 1e-10,
    epsilon_mode: Shaped[str, Try(("outside", "inside"))] = "outside",
    initial_accumulator: Shaped[float, Try((0.0, 0.1))] = 0.0,
) -> tuple[Real, State]:
    squares = state.squares + grad**2
    total = squares + initial_accumulator
    root = np.sqrt(total + epsilon) if epsilon_mode == "inside" else np.sqrt(total) + epsilon
    return param - learning_rate * grad / root, State(squares)


def slows_down(f, grad, state, param, **settings):
    """Where one gradient returns, the second step is shorter by sqrt(2), but for epsilon."""
    settings = {**settings, "initial_accumulator": 0.0, "epsilon": 0.0}
    grad = grad**2 + 1
    once, state = f(grad, state, param, **settings)
    twice, _ = f(grad, state, once, **settings)
    return (twice - once) * np.sqrt(2.0), once - param


def epsilon_inside_is_a_head_start(f, grad, state, param, epsilon, **settings):
    """Epsilon inside the root does what a larger initial accumulator does."""
    settings = {**settings, "epsilon_mode": "inside", "epsilon": epsilon + 0.5}
    inside, _ = f(grad, state, param, **settings)
    settings["initial_accumulator"] += 0.5
    return inside, f(grad, state, param, **{**settings, "epsilon": epsilon})[0]


def _torch(torch, params, learning_rate, epsilon, epsilon_mode, initial_accumulator):
    if epsilon_mode == "inside":
        initial_accumulator, epsilon = initial_accumulator + epsilon, 0
    return torch.optim.Adagrad(
        params, lr=learning_rate, eps=epsilon, initial_accumulator_value=initial_accumulator
    )


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    laws=(slows_down, epsilon_inside_is_a_head_start),
    source="Duchi, Hazan, Singer 2011; Vanschoren (001)",
)
