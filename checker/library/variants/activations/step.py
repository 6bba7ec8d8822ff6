"""Right ways to write the step."""

import numpy as np


def heaviside(x, *, at_zero=1.0):
    return np.heaviside(x, at_zero)


def three_cases(x, *, at_zero=1.0):
    return np.select([x > 0, x == 0], [1.0, at_zero], 0.0)


def by_sign(x, *, at_zero=1.0):
    return np.where(x == 0, at_zero, (1 + np.sign(x)) / 2)


def nothing(grad, x, *, at_zero=1.0):
    return (np.zeros_like(x),)


def slope_times_upstream(grad, x, *, at_zero=1.0):
    return (grad * 0.0,)
