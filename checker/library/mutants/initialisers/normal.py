"""Mutants of the Gaussian initialiser."""

import math

from checker.library.marks import convention

NOT_APPLICABLE = ("another_axis",)


def variance_instead_of_std(noise, *, mean=0.0, std=0.05):
    """The noise is multiplied with std squared.

    By what does noise of standard deviation 1 have to be multiplied to get another one?
    """
    return mean + std**2 * noise


def mean_scaled_too(noise, *, mean=0.0, std=0.05):
    """The mean is multiplied with std as well.

    If the spread doubles, should the centre move?
    """
    return std * (mean + noise)


@convention
def second_number_is_a_variance(noise, *, mean=0.0, std=0.05):
    """The second number is taken for a variance, as in the notation of lecture 004.

    N(0, s) or N(0, s^2): which of the two does the task hand you?
    """
    return mean + math.sqrt(std) * noise
