"""Warm restarts (SGDR): the rate falls along a cosine, and then starts again from the top.

    rate = low + (high - low) (1 + cos(pi since / period)) / 2

`since` counts the steps since the last restart. The first period is `period` steps long, each next
one `growth` times the last. A restart is at the top at once, so `low` itself is only approached:
the last step of a period is since = period - 1.

Source: Loshchilov and Hutter 2017, eq. 5; Vanschoren (001), in words.
"""

import math
from typing import Annotated as Shaped

from reference.spec import Between, Procedure, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 3, 4, 5, 11, 12, 13, 28, 40))],
    low: Shaped[Real, "", Between(0, 1)],
    high: Shaped[Real, "", Between(1, 2)],
    *,
    period: Shaped[int, Try((4, 1, 10))] = 10,
    growth: Shaped[int, Try((1, 2, 3))] = 1,
) -> Shaped[Real, ""]:
    since = step
    while since >= period:
        since, period = since - period, period * growth
    middle, swing = (high + low) / 2, (high - low) / 2
    return middle + swing * math.cos(math.pi * since / period)


def restarts_high(f, step, low, high, period, growth):
    """Every restart begins at the high rate: the first, the second and the third."""
    starts = (0, period, period + period * growth)
    rates = tuple(f(start, low, high, period=period, growth=growth) for start in starts)
    return rates, (high, high, high)


def halfway(f, step, low, high, period, growth):
    """Halfway through the first period the rate is halfway down."""
    middle = f(period, low, high, period=2 * period, growth=growth)
    return middle, (low + high) / 2


def falls_as_it_began(f, step, low, high, period, growth):
    """The cosine is symmetric: what is left at the end was lost at the beginning."""
    settings = {"period": 6 * period, "growth": growth}
    left = f(5 * period, low, high, **settings) - low
    return left, high - f(period, low, high, **settings)


def later_periods_are_stretched(f, step, low, high, period, growth):
    """The second period is the first one, slower by the growth."""
    settings = {"period": 6, "growth": growth}
    second = f(6 + 2 * growth, low, high, **settings)
    return second, f(2, low, high, **settings)


def _torch(torch, step, low, high, period, growth):
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=high.item())
    schedule = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(
        optimiser, period, growth, eta_min=low.item()
    )
    for _ in range(step):
        optimiser.step()
        schedule.step()
    return torch.tensor(schedule.get_last_lr()[0], dtype=torch.float64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(restarts_high, halfway, falls_as_it_began, later_periods_are_stretched),
    source="Loshchilov and Hutter 2017; Vanschoren (001)",
)
