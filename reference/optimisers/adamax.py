"""Adamax: Adam with the largest recent gradient in place of the root mean square.

    m <- beta1 m + (1 - beta1) g,    M = m / (1 - beta1^t)
    u <- max(beta2 u, |g| + epsilon),   w <- w - learning_rate M / u             (in_max)
    u <- max(beta2 u, |g|),             w <- w - learning_rate M / (u + epsilon) (add)

The maximum has no bias, so only the mean is corrected. The paper and lecture 001 have no epsilon,
and 0 / 0 for a weight without any gradient; torch puts it into the maximum, Keras adds it.
Lecture 001 prints |L|, the loss, for |g|: a misprint.

Source: Kingma and Ba 2015, algorithm 2; Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Real, Try


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
    learning_rate: Shaped[float, Try((0.5, 0.002))] = 0.002,
    beta1: Shaped[float, Try((0.9, 0.5))] = 0.9,
    beta2: Shaped[float, Try((0.999, 0.9))] = 0.999,
    epsilon: Shaped[float, Try((1e-8, 0.01))] = 1e-8,
    epsilon_mode: Shaped[str, Try(("in_max", "add"))] = "in_max",
) -> tuple[Real, State]:
    step = state.step + 1
    mean = beta1 * state.mean + (1 - beta1) * grad
    floor, added = (epsilon, 0.0) if epsilon_mode == "in_max" else (0.0, epsilon)
    largest = np.maximum(beta2 * state.largest, abs(grad) + floor)
    moved = param - learning_rate / (1 - beta1**step) * mean / (largest + added)
    return moved, State(step, mean, largest)


def first_step_is_the_sign(f, grad, state, param, learning_rate, **settings):
    """However long the gradient, the first step is as long as the rate, but for epsilon."""
    grad = np.where(grad == 0, 1.0, grad)
    moved, _ = f(grad, state, param, learning_rate=learning_rate, **{**settings, "epsilon": 0.0})
    return moved, param - learning_rate * np.sign(grad)


def added_epsilon_is_a_head_start(f, grad, state, param, beta2, epsilon, epsilon_mode, **settings):
    """Added epsilon does what one in the maximum does beside a larger u."""
    settings = {**settings, "beta2": beta2, "epsilon": epsilon}
    _, state = f(3 * grad, state, param, epsilon_mode=epsilon_mode, **settings)
    ahead = state._replace(largest=state.largest + epsilon / beta2)
    added, _ = f(grad, state, param, epsilon_mode="add", **settings)
    return added, f(grad, ahead, param, epsilon_mode="in_max", **settings)[0]


def forgets_by_beta2(f, grad, state, param, beta1, beta2, **settings):
    """Without a gradient, mean and maximum both fade: the step changes by beta1 / beta2."""
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
    laws=(first_step_is_the_sign, added_epsilon_is_a_head_start, forgets_by_beta2),
    source="Kingma and Ba 2015; Vanschoren (001)",
)
