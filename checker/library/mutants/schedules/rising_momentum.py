"""Mutants of a momentum that rises."""

from checker.library.marks import convention


def no_limit(epoch, highest, *, period=250):
    """The momentum rises beyond the highest, towards 1.

    What is min(...) for?
    """
    return 1 - 0.5 / (epoch // period + 1)


def always_the_highest(epoch, highest, *, period=250):
    """The larger of the two numbers is taken, so that the momentum begins at the highest.

    Do you need the smaller or the larger one, so that `highest` is a limit?
    """
    return max(1 - 0.5 / (epoch // period + 1), highest)


def rises_in_every_epoch(epoch, highest, *, period=250):
    """The momentum rises from epoch to epoch; it has to stay for a whole period.

    What is the difference between `//` and `/`?
    """
    return min(1 - 0.5 / (epoch / period + 1), highest)


def period_ignored(epoch, highest, *, period=250):
    """Every epoch counts as a whole period.

    How long does the momentum stay at one half?
    """
    return min(1 - 0.5 / (epoch + 1), highest)


def starts_at_zero(epoch, highest, *, period=250):
    """The momentum starts at 0: the factor 1/2 is missing.

    Which momentum do the first epochs have?
    """
    return min(1 - 1 / (epoch // period + 1), highest)


def one_period_ahead(epoch, highest, *, period=250):
    """The momentum is that of the next period.

    Which momentum do the first epochs have?
    """
    return min(1 - 0.5 / (epoch // period + 2), highest)


def halved_in_every_period(epoch, highest, *, period=250):
    """What is missing to 1 is halved in every period; here it is divided by the number of periods.

    What follows 1/2 and 1/4 in the formula: 1/6 or 1/8?
    """
    return min(1 - 0.5 ** (epoch // period + 1), highest)


def falls(epoch, highest, *, period=250):
    """The momentum falls: this is what is missing to 1.

    From what is the fraction subtracted?
    """
    return min(0.5 / (epoch // period + 1), highest)


def highest_as_a_factor(epoch, highest, *, period=250):
    """The highest momentum is a factor here; it is to be a limit.

    Which momentum do the first epochs have?
    """
    return highest * (1 - 0.5 / (epoch // period + 1))


def epochs_from_one(epoch, highest, *, period=250):
    """The epochs are counted from 1, so that every rise comes one epoch early.

    Which number has the first epoch?
    """
    return min(1 - 0.5 / ((epoch + 1) // period + 1), highest)


@convention
def straight_up(epoch, highest, *, period=250):
    """The momentum rises in a straight line and arrives after one period; here it is in stairs.

    Lecture 001 gives the two ends only. Which way does the text take?
    """
    return 0.5 + (highest - 0.5) * min(epoch / period, 1.0)
