"""Right ways to draw evenly over powers."""

import math

import numpy as np


def through_logarithms(draws, *, low, high):
    return np.exp((1 - draws) * np.log(low) + draws * np.log(high))


def powers_of_ten(draws, *, low, high):
    a, b = math.log10(low), math.log10(high)
    return 10 ** (a + (b - a) * draws)
