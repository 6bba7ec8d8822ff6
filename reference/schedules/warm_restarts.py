"""Warm restarts (SGDR): the rate falls along a cosine and then restarts at the high rate.

    rate = low + (high - low) (1 + cos(pi since / period)) / 2

The code computes (1 + cos(a)) / 2 as sin((pi - a) / 2)^2, which keeps its digits near the bottom.
`since` counts the steps since the last restart. The first period has `period` steps, and each later
period is `growth` times as long as the one before. `low` is approached but not reached, because the
last step of a period is since = period - 1 and the next step is a restart. PyTorch has this
schedule as CosineAnnealingWarmRestarts (T_0, T_mult, eta_min), Keras as CosineDecayRestarts. The
default growth of 1 is that of PyTorch; Keras has 2.

    >>> [round(run(s, 0.0, 1.0, period=4, growth=2), 4) for s in (0, 2, 3, 4, 8)]
    [1.0, 0.5, 0.1464, 1.0, 0.5]

Source: Loshchilov and Hutter 2017, eq. 5; Vanschoren (001), in words.
"""

import math
from typing import Annotated as Shaped

from reference.spec import Between, Procedure, Range, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 3, 4, 5, 11, 12, 13, 28, 40, 121)), Range(20, 400)],
    low: Shaped[Real, "", Between(0, 1)],
    high: Shaped[Real, "", Between(1, 2)],
    *,
    period: Shaped[int, Try((4, 1, 10)), Range(1, 40)] = 10,
    growth: Shaped[int, Try((1, 2, 3)), Range(1, 5)] = 1,
) -> Shaped[Real, ""]:
    since = step
    while since >= period:
        since, period = since - period, period * growth
    return low + (high - low) * math.sin(math.pi / 2 * (period - since) / period) ** 2


def restarts_high(f, step, low, high, period, growth):
    """The rate is `high` at the start and at every restart."""
    starts = (0, period, period + period * growth)
    rates = tuple(f(start, low, high, period=period, growth=growth) for start in starts)
    return rates, (high, high, high)


def halfway(f, step, low, high, period, growth):
    """Halfway through the first period, the rate is halfway between high and low."""
    middle = f(period, low, high, period=2 * period, growth=growth)
    return middle, (low + high) / 2, high  # pi is rounded


def falls_as_it_began(f, step, low, high, period, growth):
    """The cosine is symmetric: the end of a period mirrors its beginning."""
    settings = {"period": 6 * period, "growth": growth}
    left = f(5 * period, low, high, **settings) - low
    return left, high - f(period, low, high, **settings), high


def later_periods_are_stretched(f, step, low, high, period, growth):
    """The second period is the first one, stretched by `growth`."""
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
    properties=(restarts_high, halfway, falls_as_it_began, later_periods_are_stretched),
)
