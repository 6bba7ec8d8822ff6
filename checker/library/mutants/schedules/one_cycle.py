"""Mutants of one cycle."""

import math

from checker.library.marks import convention

SETTINGS = {"pct_start": 0.3, "div_factor": 25.0, "final_div_factor": 1e4}


def momentum_rises_with_the_rate(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The momentum goes up where the rate goes up.

    Large rates and a large momentum both make the steps longer. Do you want both at once?
    """
    return _cycle(step, total_steps, high, high_momentum, low_momentum, settings)


def starts_at_zero(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The rate starts at 0.

    What is `div_factor` for?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    corners[0] = (0, 0 * high, high_momentum)
    return _between(step, corners)


def ends_where_it_began(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The rate falls back to where it began; it has to fall far below.

    What is `final_div_factor` for?
    """
    settings = {**SETTINGS, **settings, "final_div_factor": 1.0}
    return _cycle(step, total_steps, high, low_momentum, high_momentum, settings)


def end_divides_the_peak(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The last rate is the peak divided by `final_div_factor`, not the first rate divided by it.

    Which rate does `final_div_factor` divide?
    """
    settings = {**SETTINGS, **settings}
    settings["final_div_factor"] /= settings["div_factor"]
    return _cycle(step, total_steps, high, low_momentum, high_momentum, settings)


def peaks_one_step_late(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The peak is at step pct_start total_steps, which is one step late.

    The first step is 0. Which number has the last of the first n steps?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    corners[1] = (corners[1][0] + 1, *corners[1][1:])
    return _between(step, corners)


def ends_one_step_late(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The end is reached at step total_steps, which no update uses.

    The first step is 0. Which number has the last of the total steps?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    corners[2] = (total_steps, *corners[2][1:])
    return _between(step, corners)


def peaks_in_the_middle(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The peak is always in the middle.

    Which part of all steps does the first phase take?
    """
    settings = {**SETTINGS, **settings, "pct_start": 0.5}
    return _cycle(step, total_steps, high, low_momentum, high_momentum, settings)


def second_phase_starts_anew(step, total_steps, high, low_momentum, high_momentum, **settings):
    """In the second phase, all steps are counted, not those since the peak.

    How many steps of the second phase are over in the step after the peak?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    if step > corners[1][0]:
        corners[1] = (0, *corners[1][1:])
        corners[0] = (-1, *corners[0][1:])
    return _between(step, corners)


def cosine_not_halved(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The factor 1/2 is missing, so that the rate starts at nearly twice the right one.

    How large is 1 + cos(0)?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    return _between(step, corners, lambda gone: 1 + math.cos(math.pi * gone))


def quarter_of_a_turn(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The angle runs from 0 to pi / 2: each phase starts flat and ends steep.

    How far does the angle go from the top of a cosine to its bottom?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    return _between(step, corners, lambda gone: math.cos(math.pi / 2 * gone))


def momentum_stays_low(step, total_steps, high, low_momentum, high_momentum, **settings):
    """After the peak, the momentum stays low; it has to rise again.

    What does the momentum do while the rate falls?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    corners[2] = (*corners[2][:2], low_momentum)
    return _between(step, corners)


@convention
def straight_lines(step, total_steps, high, low_momentum, high_momentum, **settings):
    """Rate and momentum change along straight lines; here they follow a cosine.

    After a quarter of a phase, is a quarter of the way done?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    return _between(step, corners, lambda gone: 1 - gone)


@convention
def three_phases(step, total_steps, high, low_momentum, high_momentum, **settings):
    """The rate first falls back to where it began and then far below, as in the paper.

    How many phases does the schedule of the text have?
    """
    corners = _corners(total_steps, high, low_momentum, high_momentum, settings)
    back = (2 * corners[1][0], *corners[0][1:])
    return _between(step, [*corners[:2], back, corners[2]])


def _corners(total_steps, high, low_momentum, high_momentum, settings):
    settings = {**SETTINGS, **settings}
    low = high / settings["div_factor"]
    return [
        (0, low, high_momentum),
        (settings["pct_start"] * total_steps - 1, high, low_momentum),
        (total_steps - 1, low / settings["final_div_factor"], high_momentum),
    ]


def _cosine(gone):
    return (1 + math.cos(math.pi * gone)) / 2


def _between(step, corners, left=_cosine):
    k = 0
    while k < len(corners) - 2 and step > corners[k + 1][0]:
        k += 1
    (start, *before), (end, *after) = corners[k], corners[k + 1]
    share = left((step - start) / (end - start))
    return tuple(b + (a - b) * share for a, b in zip(before, after, strict=True))


def _cycle(step, total_steps, high, low_momentum, high_momentum, settings):
    return _between(step, _corners(total_steps, high, low_momentum, high_momentum, settings))
