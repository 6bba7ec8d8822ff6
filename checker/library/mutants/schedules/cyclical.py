"""Mutants of the cyclical learning rate."""

import math

from checker.library.marks import convention


def saw_tooth(step, low, high, *, step_size=2000):
    """The rate climbs to the top and jumps back; it has to come down as it went up.

    How does the rate return to the low end?
    """
    return low + (high - low) * (step % step_size) / step_size


def starts_at_the_top(step, low, high, *, step_size=2000):
    """The cycle begins at the top.

    Which rate does step 0 get?
    """
    return high - (high - low) * _height(step, step_size)


def half_a_cycle_for_a_cycle(step, low, high, *, step_size=2000):
    """The step size is taken for a whole cycle, up and down; it is the way up alone.

    At which step is the first peak?
    """
    return low + (high - low) * _height(2 * step, step_size)


def low_forgotten(step, low, high, *, step_size=2000):
    """The low end is not added: the rate goes down to 0.

    Which is the lowest rate there is?
    """
    return (high - low) * _height(step, step_size)


def too_high(step, low, high, *, step_size=2000):
    """The rate goes up to low + high.

    Which is the highest rate there is?
    """
    return low + high * _height(step, step_size)


def peaks_grow(step, low, high, *, step_size=2000):
    """Every peak is higher than the last: the height is multiplied by the number of the cycle.

    In lecture 001 the scale is the identity. What does it get: 1, 2, 3, or numbers up to 1?
    """
    return low + (high - low) * _height(step, step_size) * (1 + step // (2 * step_size))


def only_one_cycle(step, low, high, *, step_size=2000):
    """After one cycle the rate stays low.

    What happens after two step sizes?
    """
    return low + (high - low) * max(0.0, 1 - abs(step / step_size - 1))


def stays_at_the_top(step, low, high, *, step_size=2000):
    """The rate climbs once and stays at the top.

    What happens after one step size?
    """
    return low + (high - low) * min(1.0, step / step_size)


def cosine_instead(step, low, high, *, step_size=2000):
    """The rate follows a cosine; it is to go up and down in straight lines.

    Half of the way up, is the rate half of the way between low and high? And a quarter of it?
    """
    return low + (high - low) * (1 - math.cos(math.pi * step / step_size)) / 2


def one_step_ahead(step, low, high, *, step_size=2000):
    """The rate is that of the next step.

    Which rate does step 0 get?
    """
    return low + (high - low) * _height(step + 1, step_size)


def whole_numbers_only(step, low, high, *, step_size=2000):
    """The height is rounded down to 0 or 1.

    What is the difference between `//` and `/`?
    """
    return low + (high - low) * math.floor(_height(step, step_size))


@convention
def peaks_halved(step, low, high, *, step_size=2000):
    """Every peak is half as high as the last: the form triangular2; here all are equal.

    How high is the second peak?
    """
    cycle = step // (2 * step_size)
    return low + (high - low) * _height(step, step_size) / 2.0**cycle


def _height(step, step_size):
    return 1 - abs(step % (2 * step_size) / step_size - 1)
