"""Mutants of stopping after so many epochs or so much time."""

import math

import numpy as np


def must_end_in_time(durations, *, most=math.inf, seconds=math.inf):
    """An epoch that would end too late is not begun; it only has to begin in time.

    Is anything known about how long an epoch will take before it is over?
    """
    return int(min(most, np.sum(np.cumsum(durations) < seconds)))


def must_end_by_then(durations, *, most=math.inf, seconds=math.inf):
    """An epoch that would end too late is not begun; it only has to begin in time.

    Is anything known about how long an epoch will take before it is over?
    """
    return int(min(most, np.sum(np.cumsum(durations) <= seconds)))


def begins_at_the_last_moment(durations, *, most=math.inf, seconds=math.inf):
    """An epoch begins even where all of the time has passed; it has to be less.

    How many epochs begin when there are 0 seconds?
    """
    return int(min(most, np.sum(_begins(durations) <= seconds)))


def time_ignored(durations, *, most=math.inf, seconds=math.inf):
    """The limit on the time is not used.

    Which of the two limits ends the training: the first that is reached, or the second?
    """
    return int(min(most, len(durations)))


def both_limits_needed(durations, *, most=math.inf, seconds=math.inf):
    """The training goes on until both limits are reached; one is enough.

    Do you need `and` or `or` between the two conditions for going on?
    """
    numbers = np.arange(1, len(durations) + 1)
    return _while((numbers <= most) | (_begins(durations) < seconds))


def one_epoch_too_few(durations, *, most=math.inf, seconds=math.inf):
    """The number of epochs stays below `most`; it may reach it.

    May the second epoch begin when 2 are allowed?
    """
    numbers = np.arange(1, len(durations) + 1)
    return _while((numbers < most) & (_begins(durations) < seconds))


def one_epoch_too_many(durations, *, most=math.inf, seconds=math.inf):
    """One epoch more than `most` is trained.

    Where does your count begin, at 0 or at 1?
    """
    return int(min(most + 1, np.sum(_begins(durations) < seconds)))


def clock_set_back(durations, *, most=math.inf, seconds=math.inf):
    """The clock starts anew with every epoch; the time is that of all epochs together.

    When is the start of the clock read?
    """
    before = np.concatenate([[0.0], np.asarray(durations)[:-1]])
    return int(min(most, _while(before < seconds)))


def seconds_instead_of_epochs(durations, *, most=math.inf, seconds=math.inf):
    """This is the time that has passed, not the number of epochs.

    What is being counted?
    """
    trained = int(min(most, np.sum(_begins(durations) < seconds)))
    return float(np.sum(durations[:trained]))


def seconds_taken_for_epochs(durations, *, most=math.inf, seconds=math.inf):
    """The seconds are compared with the number of epochs, as if each took one second.

    What do the durations say?
    """
    numbers = np.arange(len(durations))
    return int(min(most, np.sum(numbers < seconds)))


def _begins(durations):
    return np.concatenate([[0.0], np.cumsum(durations)[:-1]])


def _while(goes_on):
    return int(np.argmin(goes_on)) if not np.all(goes_on) else len(goes_on)
