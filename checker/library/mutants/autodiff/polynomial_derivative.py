"""Mutants of the derivative of a polynomial."""

import numpy as np

from checker.library.marks import convention


@convention
def highest_power_first(coefficients):
    """The coefficients are read from the highest power down, as numpy.polyder does.

    Here the first coefficient is the constant.
    """
    return np.polyder(coefficients) if len(coefficients) > 1 else 0 * coefficients


def counted_from_zero(coefficients):
    """Each coefficient is multiplied by one less than its power.

    What is the derivative of x squared?
    """
    if len(coefficients) == 1:
        return 0 * coefficients
    return coefficients[1:] * np.arange(len(coefficients) - 1)


def counted_from_two(coefficients):
    """Each coefficient is multiplied by one more than its power.

    What is the derivative of x squared?
    """
    if len(coefficients) == 1:
        return 0 * coefficients
    return coefficients[1:] * np.arange(2, len(coefficients) + 1)


def not_multiplied(coefficients):
    """The coefficients move down one place, and are not multiplied by their powers.

    What is the derivative of x squared at 1?
    """
    return coefficients[1:] if len(coefficients) > 1 else 0 * coefficients


def not_moved_down(coefficients):
    """The coefficients are multiplied by their powers, and stay with the power they had.

    k x to the power of what?
    """
    return coefficients * np.arange(len(coefficients))


def zero_kept_at_the_end(coefficients):
    """A coefficient of 0 is left at the end: the derivative has one power less.

    What is the highest power of the derivative of a parabola?
    """
    moved = coefficients[1:] * np.arange(1, len(coefficients))
    return np.append(moved, 0.0)


def nothing_left_of_a_constant(coefficients):
    """For a constant nothing comes back, not even the coefficient 0.

    The derivative of a constant is a polynomial too. Which one?
    """
    return coefficients[1:] * np.arange(1, len(coefficients))


def integrated(coefficients):
    """This is the integral: every power goes up.

    Does differentiation make the powers higher or lower?
    """
    return np.append(0.0, coefficients / np.arange(1, len(coefficients) + 1))
