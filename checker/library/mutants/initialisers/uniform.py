"""Mutants of the uniform initialiser."""

import numpy as np

NOT_APPLICABLE = ("another_axis",)


def width_forgotten(noise, *, low=-0.05, high=0.05):
    """The noise is multiplied by the high end, not by the width of the range.

    How large does a weight become where the noise is 1?
    """
    return low + high * noise


def low_forgotten(noise, *, low=-0.05, high=0.05):
    """The range begins at 0: the low end is not added.

    How large is a weight where the noise is 0?
    """
    return (high - low) * noise


def around_zero(noise, *, low=-0.05, high=0.05):
    """The range goes from -high to high, whatever the low end is.

    How large is a weight where the noise is 0?
    """
    return high * (2 * noise - 1)


def from_the_middle(noise, *, low=-0.05, high=0.05):
    """The range begins in the middle of the one that is asked for.

    How large is a weight where the noise is 0?
    """
    return (low + high) / 2 + (high - low) * noise


def ends_exchanged(noise, *, low=-0.05, high=0.05):
    """The range is walked from its high end to its low one.

    How large is a weight where the noise is 0?
    """
    return high - (high - low) * noise


def cut_off(noise, *, low=-0.05, high=0.05):
    """The noise is cut off at the ends of the range, so that many weights are equal.

    Where does noise of 0.5 have to lie in the range?
    """
    return np.clip(noise, low, high)


def spread_of_one(noise, *, low=-0.05, high=0.05):
    """The width of the range is taken for a standard deviation.

    What is the standard deviation of numbers between 0 and 1?
    """
    return (low + high) / 2 + (high - low) * (noise - 0.5) * np.sqrt(12)


def all_alike(noise, *, low=-0.05, high=0.05):
    """Every weight is the middle of the range: the noise is not used.

    Two hidden units with equal weights get equal gradients. Can they ever differ?
    """
    return (low + high) / 2 + 0 * noise


def transposed(noise, *, low=-0.05, high=0.05):
    """The weights are transposed: (outputs, inputs).

    Which axis of the weights has one entry for each input?
    """
    return (low + (high - low) * noise).T
