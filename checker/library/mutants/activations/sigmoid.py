"""Mutants of the sigmoid."""

import numpy as np

from checker.library.marks import term, unstable
from reference.activations.sigmoid import forward


def falling(x):
    """The sign of the exponent is wrong: this is the sigmoid of -x.

    Should your curve rise or fall from left to right?
    """
    return forward(-x)


def division_before_addition(x):
    """Without brackets this is 1/1 + exp(-x): the division comes first.

    What is your value at 0, and what should it be?
    """
    return 1 + np.exp(-x)


def tanh_instead(x):
    """This is a tanh, with values between -1 and 1.

    Which values can a probability take?
    """
    return np.tanh(x / 2)


def tails_cut_off(x):
    """The input is clipped to a narrow range, so the tails are flat.

    How close to 1 does the curve come for x = 20, and how close does yours?
    """
    return forward(np.clip(x, -5, 5))


def slope_instead(x):
    """This is the derivative y (1 - y), not the sigmoid itself.

    Where is your curve at its highest? Does a sigmoid have a highest point?
    """
    return forward(x) * (1 - forward(x))


@unstable
def infinity_over_infinity(x):
    """exp(x) / (1 + exp(x)) is inf / inf for large x.

    Put in x = 1000 and look at numerator and denominator one by one.
    """
    return np.exp(x) / (1 + np.exp(x))


def input_taken_for_output(grad, x):
    """The input is used as if it were already the output of the sigmoid: x (1 - x).

    In y (1 - y), is y the value before or after the sigmoid?
    """
    return (grad * x * (1 - x),)


def sigmoid_taken_twice(grad, x):
    """The sigmoid is applied to its own output before the slope is taken.

    How often does x pass the sigmoid on the way forward?
    """
    y = forward(forward(x))
    return (grad * y * (1 - y),)


def upstream_added(grad, x):
    """The upstream gradient is added, where the chain rule multiplies.

    If nothing comes from above, what must go down?
    """
    y = forward(x)
    return (grad + y * (1 - y),)


def derivative_of_tanh(grad, x):
    """1 - y^2 is the derivative of tanh, not of the sigmoid.

    Differentiate 1 / (1 + e^-x) once more, and express the result by y.
    """
    return (grad * (1 - forward(x) ** 2),)


def one_factor_missing(grad, x):
    """The factor y is missing: only 1 - y is left of y (1 - y).

    The slope of the sigmoid is the same at x and at -x. Is yours?
    """
    return (grad * (1 - forward(x)),)


def sign_flipped(grad, x):
    """The sign is wrong: y (y - 1) is negative everywhere.

    The sigmoid rises. Which sign must its slope have?
    """
    y = forward(x)
    return (grad * y * (y - 1),)


def matrix_product_with_upstream(grad, x):
    """The upstream gradient is multiplied as a matrix; this chain rule goes entry by entry.

    Does the output at one entry depend on the input at another?
    """
    y = forward(x)
    return (grad @ (y * (1 - y)).T,)


@term
def _upstream_times_y(grad, x):
    """g y"""
    return (grad * forward(x),)


@term
def _upstream_times_y_squared(grad, x):
    """g y^2"""
    return (grad * forward(x) ** 2,)


@term
def _upstream(grad, x):
    """g"""
    return (grad,)


@term
def _y(grad, x):
    """y"""
    return (forward(x),)


@term
def _y_squared(grad, x):
    """y^2"""
    return (forward(x) ** 2,)
