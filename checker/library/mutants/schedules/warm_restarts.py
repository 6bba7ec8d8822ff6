"""Mutants of warm restarts."""

import math

from checker.library.marks import convention


def no_restart(step, low, high, *, period=10, growth=1):
    """There is no restart: the cosine goes on, and up again.

    What stands in the cosine: all the steps, or those since the last restart?
    """
    return low + (high - low) * (1 + math.cos(math.pi * step / period)) / 2


def half_forgotten(step, low, high, *, period=10, growth=1):
    """The factor 1/2 is missing, so that the rate is far too high after a restart.

    How large is 1 + cos(0)?
    """
    since, length = _since(step, period, growth)
    return low + (high - low) * (1 + math.cos(math.pi * since / length))


def one_forgotten(step, low, high, *, period=10, growth=1):
    """The 1 beside the cosine is missing, so that the rate falls below the low end.

    Between which numbers is a cosine, and between which should the weight of high - low be?
    """
    since, length = _since(step, period, growth)
    return low + (high - low) * math.cos(math.pi * since / length) / 2


def restarts_one_step_late(step, low, high, *, period=10, growth=1):
    """Every restart comes one step late.

    If the period is 4 and the first step is 0, which step is the first after the restart?
    """
    since = step
    length = period
    while since >= length + 1:
        since, length = since - (length + 1), length * growth
    return low + (high - low) * (1 + math.cos(math.pi * since / length)) / 2


def whole_cosine(step, low, high, *, period=10, growth=1):
    """The rate comes down and goes up again in each period: that is a whole turn of the cosine.

    How far does the angle go from the top of a cosine to its bottom?
    """
    since, length = _since(step, period, growth)
    return low + (high - low) * (1 + math.cos(2 * math.pi * since / length)) / 2


def degrees(step, low, high, *, period=10, growth=1):
    """The angle is in degrees.

    In which unit does a cosine expect its angle?
    """
    since, length = _since(step, period, growth)
    return low + (high - low) * (1 + math.cos(180 * since / length)) / 2


def growth_ignored(step, low, high, *, period=10, growth=1):
    """All periods are equally long: the growth is not used.

    How long is the second period?
    """
    since = step % period
    return low + (high - low) * (1 + math.cos(math.pi * since / period)) / 2


def growth_added(step, low, high, *, period=10, growth=1):
    """Each period is longer by a fixed number of steps; it is to be longer by a factor.

    Which is longer: the third period of 4, 8, 12 or of 4, 8, 16?
    """
    since, length = step, period
    while since >= length:
        since, length = since - length, length + period * (growth - 1)
    return low + (high - low) * (1 + math.cos(math.pi * since / length)) / 2


def longer_from_the_first(step, low, high, *, period=10, growth=1):
    """The first period is as long as the second should be.

    How long is the first period?
    """
    since, length = _since(step, period * growth, growth)
    return low + (high - low) * (1 + math.cos(math.pi * since / length)) / 2


def ends_exchanged(step, low, high, *, period=10, growth=1):
    """The rate climbs from low to high.

    Which rate does step 0 get?
    """
    since, length = _since(step, period, growth)
    return high + (low - high) * (1 + math.cos(math.pi * since / length)) / 2


def straight_down(step, low, high, *, period=10, growth=1):
    """The rate falls in a straight line, not along a cosine.

    After a quarter of the period, is the rate down by a quarter?
    """
    since, length = _since(step, period, growth)
    return high + (low - high) * since / length


def low_forgotten(step, low, high, *, period=10, growth=1):
    """The low end is not added: the rate goes down to 0.

    Which is the lowest rate there is?
    """
    since, length = _since(step, period, growth)
    return (high - low) * (1 + math.cos(math.pi * since / length)) / 2


def one_step_ahead(step, low, high, *, period=10, growth=1):
    """The rate is that of the next step.

    Which rate does step 0 get?
    """
    since, length = _since(step + 1, period, growth)
    return low + (high - low) * (1 + math.cos(math.pi * since / length)) / 2


@convention
def reaches_the_low_end(step, low, high, *, period=10, growth=1):
    """The last step of a period is at the low end itself; here the end is only approached.

    By what is the number of steps since the restart divided?
    """
    since, length = _since(step, period, growth)
    return low + (high - low) * (1 + math.cos(math.pi * since / max(length - 1, 1))) / 2


def _since(step, period, growth):
    while step >= period:
        step, period = step - period, period * growth
    return step, period
