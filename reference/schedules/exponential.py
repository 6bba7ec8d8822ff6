"""Exponential decay: every step multiplies the rate by the same factor.

    rate = learning_rate e^(-decay step)

PyTorch's ExponentialLR takes the factor itself, gamma = e^-decay. Keras's form is
`exponential_decay`.

    >>> round(run(2, 0.8, math.log(2)), 4)
    0.2

Source: Vanschoren (001), "SGD with learning rate schedules".
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Procedure, Range, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 2, 7, 20)), Range(0, 100)],
    learning_rate: Shaped[Real, "", Between(0, 1)],
    decay: Shaped[Real, "", Between(0, 1)],
) -> Shaped[Real, ""]:
    exp = math.exp if isinstance(decay, float | int) else np.exp  # a number gives a number
    return learning_rate * exp(-decay * step)


def starts_undecayed(f, step, learning_rate, decay):
    """The first update uses the given learning rate."""
    return f(0, learning_rate, decay), learning_rate


def forgets_where_it_started(f, step, learning_rate, decay):
    """Three more steps have the same effect as three steps from the current rate."""
    return f(step + 3, learning_rate, decay), f(3, f(step, learning_rate, decay), decay)


def halves(f, step, learning_rate, decay):
    """Increasing the decay by log 2 halves the rate one more time in every step."""
    halved = f(step, learning_rate, decay + np.log(2.0)) * 2.0**step
    return halved, f(step, learning_rate, decay), step * learning_rate  # log(2) is rounded


def _torch(torch, step, learning_rate, decay):
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=learning_rate.item())
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimiser, torch.exp(-decay.double()).item())
    for _ in range(step):
        optimiser.step()
        schedule.step()
    return torch.tensor(schedule.get_last_lr()[0], dtype=torch.float64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(starts_undecayed, forgets_where_it_started, halves),
)
