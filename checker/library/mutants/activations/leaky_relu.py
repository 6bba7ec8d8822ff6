"""Mutants of the leaky rectified linear unit."""

import numpy as np


def constant_instead_of_slope(x, *, negative_slope=0.01):
    """On the negative side stands the slope itself; it has to be multiplied with x.

    Do -3 and -6 give different answers?
    """
    return np.where(x > 0, x, negative_slope)


def sides_exchanged(x, *, negative_slope=0.01):
    """The slope is applied to the positive side.

    Which of the two sides leaks?
    """
    return np.where(x > 0, negative_slope * x, x)


def nothing_leaks(x, *, negative_slope=0.01):
    """This is the plain ReLU: the negative side is 0.

    What is the leak there for?
    """
    return np.maximum(x, 0)


def divided_by_the_slope(x, *, negative_slope=0.01):
    """Divided by the slope, where it has to be multiplied.

    Should negative inputs shrink or grow?
    """
    return np.where(x > 0, x, x / negative_slope)


def steep_on_the_positive_side(x, *, negative_slope=0.01):
    """The larger of x / slope and x is taken, so the positive side is stretched.

    When is a x larger than x: for a below or for a above 1?
    """
    return np.maximum(x / negative_slope, x)


def leaks_upwards(x, *, negative_slope=0.01):
    """The negative side rises again: the sign of the leak is wrong.

    Is the curve rising everywhere?
    """
    return np.where(x > 0, x, -negative_slope * x)


def slope_of_the_slide(x, *, negative_slope=0.01):
    """The slope is always 0.1, as in the code of lecture 001, whatever is asked for.

    The text of that lecture says 0.01. Which value did the caller hand you?
    """
    return np.where(x > 0, x, 0.1 * x)


def slope_as_threshold(x, *, negative_slope=0.01):
    """Numbers between 0 and the slope leak as well: the slope is compared with x.

    Which number separates the two sides? What is the slope for?
    """
    return np.where(x > negative_slope, x, negative_slope * x)


def nothing_leaks_back(grad, x, *, negative_slope=0.01):
    """The gradient is 0 on the negative side, as for the plain ReLU.

    What keeps a unit with negative input alive? If the slope is there in your code: which dtype
    has the array that holds it? Integers make 0 of it.
    """
    return (grad * (x > 0),)


def upstream_missing_on_one_side(grad, x, *, negative_slope=0.01):
    """The negative side has the slope alone, without the upstream gradient.

    Does the chain rule hold on one side only?
    """
    return (np.where(x > 0, grad, negative_slope),)


def branch_by_upstream(grad, x, *, negative_slope=0.01):
    """The sign of the upstream gradient decides, but it is the sign of the input that must.

    Which array decided on the way forward?
    """
    return (np.where(grad > 0, grad, negative_slope * grad),)


def mask_inverted(grad, x, *, negative_slope=0.01):
    """The two sides are exchanged: the slope is applied where the input is positive.

    What is the slope at x = 2?
    """
    return (np.where(x > 0, negative_slope * grad, grad),)


def multiplied_by_the_output(grad, x, *, negative_slope=0.01):
    """Multiplied with the output instead of its slope.

    Is the derivative of a straight line the line?
    """
    return (grad * np.where(x > 0, x, negative_slope * x),)
