"""Known-wrong versions of the sigmoid."""

import numpy as np

from reference.activations.sigmoid import forward


def falling(x):
    """The sign of the exponent is wrong: this is the sigmoid of -x.

    Should your curve rise or fall from left to right?
    """
    return forward(-x)


def tanh_instead(x):
    """This is a tanh, with values between -1 and 1.

    Which values can a probability take?
    """
    return np.tanh(x / 2)


def input_taken_for_output(grad, x):
    """The input is used as if it were already the output of the sigmoid: x (1 - x).

    In y (1 - y), is y the value before or after the sigmoid?
    """
    return (grad * x * (1 - x),)


def upstream_forgotten(grad, x):
    """The upstream gradient is missing.

    By the chain rule, what does the derivative of this layer have to be multiplied with?
    """
    y = forward(x)
    return (y * (1 - y),)


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


MISTAKES = (
    falling,
    tanh_instead,
    input_taken_for_output,
    upstream_forgotten,
    derivative_of_tanh,
    one_factor_missing,
    sign_flipped,
)
