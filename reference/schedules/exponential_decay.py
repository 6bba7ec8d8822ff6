"""Exponential decay as in Keras: one factor for every `decay_steps` steps, gradually or in stairs.

    rate = learning_rate decay_rate^(step / decay_steps)
    rate = learning_rate decay_rate^floor(step / decay_steps)        (staircase)

This is the exponential decay of the lecture with decay = -log(decay_rate) / decay_steps. PyTorch
has the staircase as StepLR, and the gradual form as ExponentialLR with
gamma = decay_rate^(1 / decay_steps).

    >>> [round(run(s, 0.8, 0.5, decay_steps=2, staircase=True), 4) for s in range(5)]
    [0.8, 0.8, 0.4, 0.4, 0.2]

Source: Keras, ExponentialDecay, as used by Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.schedules import exponential
from reference.spec import Between, Procedure, Range, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 4, 5, 14, 20)), Range(0, 100)],
    learning_rate: Shaped[Real, "", Between(0, 1)],
    decay_rate: Shaped[Real, "", Between(0, 1)],
    *,
    decay_steps: Shaped[int, Try((5, 1, 7)), Range(1, 40)] = 100,
    staircase: Shaped[bool, Try((False, True))] = False,
) -> Shaped[Real, ""]:
    times = step // decay_steps if staircase else step / decay_steps
    return learning_rate * decay_rate**times


def one_factor_per_period(f, step, learning_rate, decay_rate, decay_steps, staircase):
    """After `decay_steps` more steps, the rate is multiplied by the decay rate."""
    settings = {"decay_steps": decay_steps, "staircase": staircase}
    later = f(step + decay_steps, learning_rate, decay_rate, **settings)
    before = f(step, learning_rate, decay_rate, **settings)
    return later, decay_rate * before, step * learning_rate  # the number of periods is rounded


def stairs_meet_the_slope(f, step, learning_rate, decay_rate, decay_steps, staircase):
    """At the beginning of every period, staircase and gradual decay agree."""
    start = step * decay_steps
    settings = {"decay_steps": decay_steps}
    stairs = f(start, learning_rate, decay_rate, staircase=True, **settings)
    return stairs, f(start, learning_rate, decay_rate, staircase=False, **settings)


def stairs_are_flat(f, step, learning_rate, decay_rate, decay_steps, staircase):
    """With the staircase, the last step of a period has the same rate as its first step."""
    settings = {"decay_steps": decay_steps, "staircase": True}
    last = f((step + 1) * decay_steps - 1, learning_rate, decay_rate, **settings)
    return last, f(step * decay_steps, learning_rate, decay_rate, **settings)


def is_the_plain_exponential(f, step, learning_rate, decay_rate, decay_steps, staircase):
    """Gradual decay is exponential decay with decay = -log(decay_rate) / decay_steps."""
    gradual = f(step, learning_rate, decay_rate, decay_steps=decay_steps, staircase=False)
    plain = exponential.run(step, learning_rate, -np.log(decay_rate) / decay_steps)
    return gradual, plain, step * learning_rate


def _torch(torch, step, learning_rate, decay_rate, decay_steps, staircase):
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=learning_rate.item())
    schedules, factor = torch.optim.lr_scheduler, decay_rate.item()
    if staircase:
        schedule = schedules.StepLR(optimiser, decay_steps, gamma=factor)
    else:
        schedule = schedules.ExponentialLR(optimiser, factor ** (1 / decay_steps))
    for _ in range(step):
        optimiser.step()
        schedule.step()
    return torch.tensor(schedule.get_last_lr()[0], dtype=torch.float64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        one_factor_per_period,
        stairs_meet_the_slope,
        stairs_are_flat,
        is_the_plain_exponential,
    ),
)
