"""Adagrad: each weight has its own learning rate, which falls as its squared gradients add up.

    G <- G + g^2
    w <- w - learning_rate g / (sqrt(G) + epsilon)          (epsilon outside)
    w <- w - learning_rate g / sqrt(G + epsilon)            (epsilon inside)

G is the sum of the squared gradients; lecture 001 calls it the "squared sum", which is a mistake. G
starts at `initial_accumulator`, which is 0 in PyTorch and lecture 001, and 0.1 in Keras. Epsilon is
outside the root in PyTorch (1e-10), and inside in lecture 001 and in Keras (1e-7), where it has the
effect of a larger initial value. The default learning rate 0.01 is that of PyTorch; Keras has
0.001. G only grows, so the steps dwindle to 0, which RMSProp avoids. A weight whose gradients were
all zero does not move: its step is 0 / epsilon. If epsilon and the initial accumulator are both 0,
it becomes nan.

    >>> update(np.array([3.0, 0.0]), init(np.ones(2)), np.ones(2), initial_accumulator=16.0)[0]
    array([0.994, 1.   ])

Source: Duchi, Hazan, Singer 2011; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    squares: Real  # sum of squares since the start, without the initial accumulator


def init(param: Real) -> State:
    return State(np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.4, 0.01)), Range(0, math.inf)] = 0.01,
    epsilon: Shaped[float, Try((1e-7, 0.01)), Range(0, math.inf)] = 1e-10,
    epsilon_mode: Shaped[str, Convention(("outside", "inside"))] = "outside",
    initial_accumulator: Shaped[float, Convention((0.0, 0.1)), Range(0, math.inf)] = 0.0,
) -> tuple[Real, State]:
    squares = state.squares + grad**2
    total = squares + initial_accumulator
    root = np.sqrt(total + epsilon) if epsilon_mode == "inside" else np.sqrt(total) + epsilon
    return param - learning_rate * grad / root, State(squares)


def slows_down(f, grad, state, param, **settings):
    """If the same gradient comes twice, the second step is sqrt(2) times shorter (epsilon 0)."""
    settings = {**settings, "initial_accumulator": 0.0, "epsilon": 0.0}
    grad = grad**2 + 1
    once, state = f(grad, state, param, **settings)
    twice, _ = f(grad, state, once, **settings)
    return (twice - once) * np.sqrt(0 * grad + 2), once - param


def epsilon_inside_is_a_head_start(f, grad, state, param, epsilon, **settings):
    """Epsilon inside the root has the same effect as a larger initial accumulator."""
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
    properties=(slows_down, epsilon_inside_is_a_head_start),
)
