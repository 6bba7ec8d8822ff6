"""Adamax: Adam with the largest recent gradient instead of the root mean square.

    m <- beta1 m + (1 - beta1) g,    M = m / (1 - beta1^t)
    u <- max(beta2 u, |g| + epsilon),   w <- w - learning_rate M / u             (in_max)
    u <- max(beta2 u, |g|),             w <- w - learning_rate M / (u + epsilon) (add)

The maximum has no bias, so only the mean is corrected. The paper and lecture 001 have no epsilon; a
weight whose gradients were all zero then becomes nan (0 / 0). PyTorch puts epsilon inside the
maximum (in_max), Keras adds it to the maximum (add). The default learning rate is 0.002 here and in
PyTorch, and 0.001 in Keras; epsilon is 1e-8 here and in PyTorch, and 1e-7 in Keras. Lecture 001
prints |L|, the loss, instead of |g|, which is a misprint.

    >>> update(np.array([4.0, -0.5]), init(np.ones(2)), np.ones(2))[0].round(4)
    array([0.998, 1.002])

Source: Kingma and Ba 2015, algorithm 2; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    step: int
    mean: Real
    largest: Real


def init(param: Real) -> State:
    return State(0, np.zeros_like(param), np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.5, 0.002)), Range(0, math.inf)] = 0.002,
    beta1: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
    beta2: Shaped[float, Try((0.999, 0.9)), Range(0, 1)] = 0.999,
    epsilon: Shaped[float, Try((1e-8, 0.01)), Range(0, math.inf)] = 1e-8,
    epsilon_mode: Shaped[str, Convention(("in_max", "add"))] = "in_max",
) -> tuple[Real, State]:
    step = state.step + 1
    mean = beta1 * state.mean + (1 - beta1) * grad
    floor, added = (epsilon, 0.0) if epsilon_mode == "in_max" else (0.0, epsilon)
    largest = np.maximum(beta2 * state.largest, abs(grad) + floor)
    # 1 - beta1^step, in which no digits cancel where beta1 is near 1
    grown = (-np.expm1(step * np.log(beta1))).item() if beta1 else 1.0
    moved = param - learning_rate / grown * mean / (largest + added)
    return moved, State(step, mean, largest)


def first_step_is_the_sign(f, grad, state, param, learning_rate, **settings):
    """Without epsilon, the first step is -learning_rate times the sign of the gradient."""
    grad = np.where(grad == 0, 1.0, grad)
    moved, _ = f(grad, state, param, learning_rate=learning_rate, **{**settings, "epsilon": 0.0})
    return moved, param - learning_rate * np.sign(grad)


def added_epsilon_is_a_head_start(f, grad, state, param, beta2, epsilon, epsilon_mode, **settings):
    """Adding epsilon to u equals epsilon in the maximum and u larger by epsilon / beta2."""
    settings = {**settings, "beta2": beta2, "epsilon": epsilon}
    _, state = f(3 * grad, state, param, epsilon_mode=epsilon_mode, **settings)
    ahead = state._replace(largest=state.largest + epsilon / beta2)
    added, _ = f(grad, state, param, epsilon_mode="add", **settings)
    return added, f(grad, ahead, param, epsilon_mode="in_max", **settings)[0]


def forgets_by_beta2(f, grad, state, param, beta1, beta2, **settings):
    """Without bias correction, a zero gradient changes the step by the factor beta1 / beta2."""
    settings = {**settings, "beta1": beta1, "beta2": beta2, "epsilon": 0.0}
    grad = np.where(grad == 0, 1.0, grad)
    once, state = f(grad, state, param, **settings)
    twice, _ = f(0 * grad, state, once, **settings)
    corrected = beta1 / beta2 * (1 - beta1) / (1 - beta1**2)
    return twice - once, corrected * (once - param)


def _torch(torch, params, learning_rate, beta1, beta2, epsilon, epsilon_mode):
    if epsilon_mode == "add":
        return None
    return torch.optim.Adamax(params, lr=learning_rate, betas=(beta1, beta2), eps=epsilon)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    lost=lambda beta1, **_: 1 / (1 - beta1),
    properties=(first_step_is_the_sign, added_epsilon_is_a_head_start, forgets_by_beta2),
)
