"""Cyclical learning rate: up from low to high and down again, over and over.

    cycle = floor(1 + step / (2 step_size))              1, 2, 3, ...
    x = |step / step_size - 2 cycle + 1|                 1 at the ends of a cycle, 0 in its middle
    rate = low + (high - low) (1 - x) scale(cycle)       1 - x is `height`

`step_size` is half a cycle. The scale is a function of the number of the cycle: 1 is the triangular
policy, 1 / 2^(cycle - 1) halves every peak (triangular2). Lecture 001 passes the identity, as if it
were handed x: it makes every peak higher than the last, which its 100 steps, half a cycle, do not
show. Any function of the cycle may be given; the names are those of torch.

Source: Smith 2017, section 3.2; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Between, Function, Procedure, Real, Try


def triangular(cycle: int) -> float:
    """Every peak as high as the first."""
    return 1.0


def triangular2(cycle: int) -> float:
    """Every peak half as high as the one before."""
    return 1 / 2.0 ** (cycle - 1)


def growing(cycle: int) -> float:
    """Every peak higher by the first one: what the identity does."""
    return float(cycle)


def run(
    step: Shaped[int, Try((0, 1, 3, 4, 5, 8, 17, 30))],
    low: Shaped[Real, "", Between(0, 1)],
    high: Shaped[Real, "", Between(1, 2)],
    *,
    step_size: Shaped[int, Try((4, 1, 7))] = 2000,
    scale: Shaped[Function, Try((triangular, triangular2, growing))] = triangular,
) -> Shaped[Real, ""]:
    cycle, since = divmod(step, 2 * step_size)
    height = min(since, 2 * step_size - since) / step_size
    return low + (high - low) * (height * scale(cycle + 1))


def ends_low(f, step, low, high, step_size, scale):
    """Every cycle begins at the low rate."""
    return f(2 * step * step_size, low, high, step_size=step_size, scale=scale), low


def peaks_after_half_a_cycle(f, step, low, high, step_size, scale):
    """In the middle of a cycle the rate is as high as the scale of that cycle lets it be."""
    peak = f((2 * step + 1) * step_size, low, high, step_size=step_size, scale=scale)
    return peak, low + (high - low) * scale(step + 1)


def down_as_up(f, step, low, high, step_size, scale):
    """The way down mirrors the way up."""
    settings = {"step_size": 3 * step_size, "scale": scale}
    up = f(step_size, low, high, **settings)
    return f(5 * step_size, low, high, **settings), up


def straight(f, step, low, high, step_size, scale):
    """Half of the way up, the rate is half of the way between low and high."""
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
    laws=(ends_low, peaks_after_half_a_cycle, down_as_up, straight),
    source="Smith 2017; Vanschoren (001)",
)
