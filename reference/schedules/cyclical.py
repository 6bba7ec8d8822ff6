"""Cyclical learning rate: the rate rises from low to high and falls again in every cycle.

    cycle = floor(1 + step / (2 step_size))              1, 2, 3, ...
    x = |step / step_size - 2 cycle + 1|                 1 at the ends of a cycle, 0 in its middle
    rate = low + (high - low) (1 - x) scale(cycle)       1 - x is `height`

`step_size` is the number of steps in half a cycle. The scale is a function of the number of the
cycle: 1 gives the triangular policy, and 1 / 2^(cycle - 1) halves the height of the peak in every
cycle (triangular2). Lecture 001 passes the identity as if its argument were x; the identity makes
every peak higher than the last, which is not visible in its 100 steps, half a cycle. Any function
of the cycle number may be given. PyTorch has this schedule as CyclicLR, with the names triangular
and triangular2 and the same default `step_size` of 2000. Keras has no triangular schedule.

    >>> [round(run(s, 0.1, 0.5, step_size=2), 4) for s in range(6)]
    [0.1, 0.3, 0.5, 0.3, 0.1, 0.3]

Source: Smith 2017, section 3.2; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Between, Convention, Function, Procedure, Range, Real, Try


def triangular(cycle: int) -> float:
    """Every peak has the same height."""
    return 1.0


def triangular2(cycle: int) -> float:
    """Every peak is half as high above `low` as the previous one."""
    return 1 / 2.0 ** (cycle - 1)


def growing(cycle: int) -> float:
    """Every peak is higher than the previous one by the height of the first (the identity)."""
    return float(cycle)


def run(
    step: Shaped[int, Try((0, 1, 3, 4, 5, 8, 17, 30)), Range(0, 100)],
    low: Shaped[Real, "", Between(0, 1)],
    high: Shaped[Real, "", Between(1, 2)],
    *,
    step_size: Shaped[int, Try((4, 1, 7)), Range(1, 40)] = 2000,
    scale: Shaped[Function, Convention((triangular, triangular2, growing))] = triangular,
) -> Shaped[Real, ""]:
    cycle, since = divmod(step, 2 * step_size)
    height = min(since, 2 * step_size - since) / step_size
    return low + (high - low) * (height * scale(cycle + 1))


def ends_low(f, step, low, high, step_size, scale):
    """Every cycle begins at the low rate."""
    return f(2 * step * step_size, low, high, step_size=step_size, scale=scale), low


def peaks_after_half_a_cycle(f, step, low, high, step_size, scale):
    """In the middle of a cycle, the rate is low + (high - low) scale(cycle)."""
    peak = f((2 * step + 1) * step_size, low, high, step_size=step_size, scale=scale)
    return peak, low + (high - low) * scale(step + 1)


def down_as_up(f, step, low, high, step_size, scale):
    """In each cycle, the way down mirrors the way up."""
    settings = {"step_size": 3 * step_size, "scale": scale}
    up = f(step_size, low, high, **settings)
    return f(5 * step_size, low, high, **settings), up


def straight(f, step, low, high, step_size, scale):
    """Halfway up, the rate is halfway between low and high."""
    settings = {"step_size": 2 * step_size, "scale": triangular}
    return f(step_size, low, high, **settings), (low + high) / 2


def _torch(torch, step, low, high, step_size, scale):
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=low.item())
    schedule = torch.optim.lr_scheduler.CyclicLR(
        optimiser,
        low.item(),
        high.item(),
        step_size_up=step_size,
        mode="triangular2" if scale is triangular2 else "triangular",
        scale_fn=(lambda cycle: cycle) if scale is growing else None,
        scale_mode="cycle",
        cycle_momentum=False,
    )
    for _ in range(step):
        optimiser.step()
        schedule.step()
    return torch.tensor(schedule.get_last_lr()[0], dtype=torch.float64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(ends_low, peaks_after_half_a_cycle, down_as_up, straight),
)
