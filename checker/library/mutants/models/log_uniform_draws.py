"""Mutants of drawing evenly over powers of ten."""

import numpy as np


def evenly(draws, *, low, high):
    """The values lie evenly between the bounds, so that small ones hardly ever come.

    Between 0.00001 and 1, how many of a hundred draws lie below 0.01?
    """
    return low + (high - low) * draws


def exponents_left_as_they_are(draws, *, low, high):
    """The exponents are returned, and not the power.

    What has to be done with a logarithm to get the number back?
    """
    return np.log(low) + (np.log(high) - np.log(low)) * draws


def base_mixed_up(draws, *, low, high):
    """The logarithm is natural and the power one of ten.

    Which base undoes a natural logarithm?
    """
    return 10 ** (np.log(low) + (np.log(high) - np.log(low)) * draws)


def bounds_swapped(draws, *, low, high):
    """A draw of 0 gives the upper bound.

    Which bound should the smallest draw give?
    """
    return high * (low / high) ** draws


def difference_instead_of_ratio(draws, *, low, high):
    """The power is taken of the difference of the bounds; it is taken of their ratio.

    What should come out for a draw of 1?
    """
    return low * (high - low) ** draws


def ten_to_the_draw(draws, *, low, high):
    """The range is always one power of ten, whatever the upper bound is.

    What should come out for a draw of 1?
    """
    return low * 10**draws
