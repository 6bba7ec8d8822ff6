"""Right ways to write one cycle."""

import math

import numpy as np


def as_in_torch(
    step,
    total_steps,
    high,
    low_momentum,
    high_momentum,
    *,
    pct_start=0.3,
    div_factor=25.0,
    final_div_factor=1e4,
):
    """With the cosine itself."""
    first = high / div_factor
    top, last = pct_start * total_steps - 1, total_steps - 1
    if step <= top:
        angle = math.pi * (step / top)
        ends = [(first, high), (high_momentum, low_momentum)]
    else:
        angle = math.pi * ((step - top) / (last - top))
        ends = [(high, first / final_div_factor), (low_momentum, high_momentum)]
    rate, momentum = (b + (a - b) / 2 * (1 + math.cos(angle)) for a, b in ends)
    return rate, momentum


def one_height_for_both(
    step,
    total_steps,
    high,
    low_momentum,
    high_momentum,
    *,
    pct_start=0.3,
    div_factor=25.0,
    final_div_factor=1e4,
):
    """The height is 1 at the peak and 0 at both ends, and the momentum is its opposite."""
    top = pct_start * total_steps - 1
    rising = step <= top
    near = step / top if rising else (total_steps - 1 - step) / (total_steps - 1 - top)
    height = np.sin(np.pi / 2 * near) ** 2
    low = high / div_factor if rising else high / (div_factor * final_div_factor)
    return low + (high - low) * height, high_momentum - (high_momentum - low_momentum) * height


def interpolated(
    step,
    total_steps,
    high,
    low_momentum,
    high_momentum,
    *,
    pct_start=0.3,
    div_factor=25.0,
    final_div_factor=1e4,
):
    """By the angle of each step, which grows by pi in each phase."""
    top = pct_start * total_steps - 1
    slope = math.pi / (top if step <= top else total_steps - 1 - top)
    angle = math.pi + (step - top) * slope
    height = (1 - math.cos(angle)) / 2
    end = 1 / div_factor if step <= top else 1 / div_factor / final_div_factor
    rate = high * (end + (1 - end) * height)
    return rate, low_momentum * height + high_momentum * (1 - height)
