"""Known-wrong versions of the Gaussian initialiser."""

import math


def variance_instead_of_std(noise, *, mean=0.0, std=0.05):
    """The noise is multiplied with std squared.

    By what does noise of standard deviation 1 have to be multiplied to get another one?
    """
    return mean + std**2 * noise


def mean_forgotten(noise, *, mean=0.0, std=0.05):
    """The mean is not used.

    Around which number should the weights lie?
    """
    return std * noise


def mean_scaled_too(noise, *, mean=0.0, std=0.05):
    """The mean is multiplied with std as well.

    If the spread doubles, should the centre move?
    """
    return std * (mean + noise)


def not_scaled(noise, *, mean=0.0, std=0.05):
    """std is not used.

    How far from their mean should the weights lie?
    """
    return mean + noise


def all_alike(noise, *, mean=0.0, std=0.05):
    """Every weight is the mean: the noise is not used.

    Two hidden units with equal weights get equal gradients. Can they ever differ?
    """
    return mean + 0 * noise


def second_number_is_a_variance(noise, *, mean=0.0, std=0.05):
    """The second number is taken for a variance, as in the notation of lecture 004.

    N(0, s) or N(0, s^2): which of the two does the task hand you?
    """
    return mean + math.sqrt(std) * noise


MISTAKES = (
    variance_instead_of_std,
    mean_forgotten,
    mean_scaled_too,
    not_scaled,
    all_alike,
)
CONVENTIONS = (second_number_is_a_variance,)
