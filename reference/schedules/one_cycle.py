"""One cycle: the rate rises once to its peak and then falls far below where it began.

    low = high / div_factor,    end = low / final_div_factor
    step      0     pct_start total_steps - 1                                total_steps - 1
    rate      low   high                                                     end
    momentum  high  low                                                      high

    step      0     top = pct_start total_steps - 1    2 top    total_steps - 1      (three_phase)
    rate      low   high                               low      end
    momentum  high  low                                high     high

    a w + b (1 - w)    from a to b, with `left` as the part of the way that is left
    w = left                                                                          (linear)
    w = (1 - cos(pi left)) / 2 = sin(pi left / 2)^2                                   (cos)

Rate and momentum move in opposite directions, because both make the steps longer. The result has
both. Who does not cycle the momentum ignores it. `high`, `low_momentum` and `high_momentum` are
called max_lr, base_momentum and max_momentum in PyTorch, where both momenta have defaults, 0.85 and
0.95. The other defaults are those of PyTorch's OneCycleLR. For Adam, the momentum is beta1. Two
phases are the form of fastai and PyTorch, three phases that of the paper. Keras has no such
schedule.

The last update uses the rate of step total_steps - 1. As in PyTorch, step total_steps is legal,
and the curve is continued there. A later step raises ValueError. A phase of length 0 raises
ZeroDivisionError where it is used; PyTorch raises it from the start if the first phase has none.

    >>> [round(run(s, 9, 1.0, 0.8, 0.9, pct_start=1 / 3, div_factor=5.0)[0], 4) for s in range(4)]
    [0.2, 0.6, 1.0, 0.933]

Source: Smith 2018, section 4.1; Smith and Topin 2019.
"""

import math
from itertools import pairwise
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Convention, Named, Procedure, Range, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 2, 3, 5, 8, 9, 10, 17, 29))],
    total_steps: Shaped[int, Try((10, 30, 12)), Range(30, 100)],
    high: Shaped[Real, "", Between(0, 1)],
    low_momentum: Shaped[Real, "", Between(0.5, 0.9)],
    high_momentum: Shaped[Real, "", Between(0.9, 1)],
    *,
    pct_start: Shaped[float, Try((0.3, 0.5, 0.25)), Range(0.15, 0.9)] = 0.3,
    anneal: Shaped[str, Convention(("cos", "linear"))] = "cos",
    div_factor: Shaped[float, Try((25.0, 4.0)), Range(1, 100)] = 25.0,
    final_div_factor: Shaped[float, Try((1e4, 10.0)), Range(1, 1e5)] = 1e4,
    three_phase: Shaped[bool, Convention((False, True))] = False,
) -> tuple[Shaped[Real, "", Named("rate")], Shaped[Real, "", Named("momentum")]]:
    if step > total_steps:
        raise ValueError(f"The cycle has {total_steps} steps. There is no step {step}.")
    low, top = high / div_factor, pct_start * total_steps - 1
    corners = [(0, low, high_momentum), (top, high, low_momentum)]
    corners += [(2 * top, low, high_momentum)] * three_phase
    corners += [(total_steps - 1, low / final_div_factor, high_momentum)]
    phase = next((k for k in range(1, len(corners) - 1) if step <= corners[k][0]), -1)
    (start, *before), (end, *after) = corners[phase - 1], corners[phase]
    old, new = (end - step) / (end - start), (step - start) / (end - start)
    if anneal == "cos":
        # One as a sine and one as a cosine, because 1 - w has no correct digits where w is near 1.
        quarter = math.pi / 2 * old
        old, new = (np.sin(quarter) ** 2).item(), (np.cos(quarter) ** 2).item()
    rate, momentum = (a * old + b * new for a, b in zip(before, after, strict=True))
    return rate, momentum


def possible(step, total_steps, pct_start, three_phase, **_):
    """Whether the cycle has this step, and each of its phases a length."""
    top = pct_start * total_steps - 1
    corners = [0, top, *[2 * top] * three_phase, total_steps - 1]
    lengths = [b - a for a, b in pairwise(corners)]
    return step <= total_steps and all(abs(length) > 1e-9 for length in lengths)


def peaks(f, step, total_steps, high, low_momentum, high_momentum, **settings):
    """The first phase ends at the highest rate and the lowest momentum."""
    settings = {**settings, "pct_start": 0.5}
    given = (2 * total_steps, high, low_momentum, high_momentum)
    return f(total_steps - 1, *given, **settings), (high, low_momentum)


def ends_far_below(f, step, total_steps, high, low_momentum, high_momentum, **settings):
    """The last update has the rate high / (div_factor final_div_factor) and the high momentum."""
    settings["pct_start"] = min(settings["pct_start"], 0.4)  # of three phases, two end in time
    last = f(total_steps - 1, total_steps, high, low_momentum, high_momentum, **settings)
    factor = settings["div_factor"] * settings["final_div_factor"]
    return last, (high / factor, high_momentum)


def straight(f, step, total_steps, high, low_momentum, high_momentum, **settings):
    """If it is linear, the rate of the middle step of the first phase is the mean of both ends."""
    settings = {**settings, "anneal": "linear", "pct_start": 0.5}
    given = (4 * total_steps + 2, high, low_momentum, high_momentum)
    middle = f(total_steps, *given, **settings)
    means = (high / settings["div_factor"] + high) / 2, (low_momentum + high_momentum) / 2
    return middle, means


def proportional_to_the_peak(f, step, total_steps, high, low_momentum, high_momentum, **settings):
    """Doubling the highest rate doubles every rate and changes no momentum."""
    rate, momentum = f(step, total_steps, high, low_momentum, high_momentum, **settings)
    doubled = f(step, total_steps, 2 * high, low_momentum, high_momentum, **settings)
    return doubled, (2 * rate, momentum)


def momentum_mirrors_the_rate(f, step, total_steps, high, low_momentum, high_momentum, **settings):
    """If both ends are equally low, the momentum has fallen by as much as the rate has risen."""
    settings = {**settings, "three_phase": False, "final_div_factor": 1.0}
    rate, momentum = f(step, total_steps, high, low_momentum, high_momentum, **settings)
    low = high / settings["div_factor"]
    risen = (rate - low) * (high_momentum - low_momentum)
    return risen, (high_momentum - momentum) * (high - low)


def falls_as_it_rose(f, step, total_steps, high, low_momentum, high_momentum, **settings):
    """With three phases, the second is the mirror image of the first."""
    settings = {**settings, "three_phase": True, "anneal": "linear", "pct_start": 0.25}
    given = (4 * step + 12, high, low_momentum, high_momentum)
    return f(step + 3, *given, **settings), f(step + 1, *given, **settings)


def _torch(torch, step, total_steps, high, low_momentum, high_momentum, anneal, **settings):
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=1.0, momentum=0.5)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        high.item(),
        total_steps,
        anneal_strategy=anneal,
        base_momentum=low_momentum.item(),
        max_momentum=high_momentum.item(),
        **settings,
    )
    for _ in range(step):
        optimiser.step()
        schedule.step()
    group = optimiser.param_groups[0]
    return tuple(torch.tensor(group[key], dtype=torch.float64) for key in ("lr", "momentum"))


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        peaks,
        ends_far_below,
        straight,
        proportional_to_the_peak,
        momentum_mirrors_the_rate,
        falls_as_it_rose,
    ),
    possible=possible,
)
