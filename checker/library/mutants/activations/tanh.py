"""Mutants of the hyperbolic tangent."""

import numpy as np

from checker.library.marks import unstable
from reference.activations import sigmoid


def upside_down(x):
    """Numerator and denominator are exchanged: this is 1 / tanh.

    What should come out at 0, and how large can the values get?
    """
    return 1 / np.tanh(np.where(x == 0, 1e-12, x))


def half_the_exponent(x):
    """2 / (1 + e^-x) - 1 is the tanh of x / 2: a 2 is missing in the exponent.

    Near 0 the tanh of x is nearly x. Is yours?
    """
    return np.tanh(x / 2)


def one_not_subtracted(x):
    """The -1 at the end is missing, so the values lie between 0 and 2.

    tanh(-x) is -tanh(x). What does that say about the value at 0?
    """
    return 1 + np.tanh(x)


def sigmoid_instead(x):
    """This is the sigmoid, with values between 0 and 1.

    Which of the two can be negative?
    """
    return sigmoid.forward(x)


def integer_buffer(x):
    """The result goes into an array of integers, which cuts everything after the point off.

    What is the dtype of the array that you write into?
    """
    result = np.empty(np.shape(x), int)
    result[...] = np.tanh(x)
    return result


@unstable
def infinity_over_infinity(x):
    """The quotient of exponentials is inf / inf for inputs far from 0.

    From which x on does exp(x) no longer fit into a float64?
    """
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def input_taken_for_output(grad, x):
    """The input is squared instead of the output: 1 - x^2.

    Can the slope of a rising curve be negative?
    """
    return (grad * (1 - x**2),)


def derivative_of_sigmoid(grad, x):
    """y (1 - y) is the derivative of the sigmoid, not of tanh.

    How steep is tanh at 0, and how steep is yours?
    """
    y = np.tanh(x)
    return (grad * y * (1 - y),)


def square_outside(grad, x):
    """This is (1 - y)^2, and asked is 1 - y^2.

    Is it the bracket that is squared, or y alone?
    """
    return (grad * (1 - np.tanh(x)) ** 2,)


def not_squared(grad, x):
    """The output is not squared: this is 1 - y.

    The slope of tanh is the same at x and at -x. Is yours?
    """
    return (grad * (1 - np.tanh(x)),)


def upstream_added(grad, x):
    """The upstream gradient is added, where the chain rule multiplies.

    If nothing comes from above, what must go down?
    """
    return (grad + 1 - np.tanh(x) ** 2,)


def sign_flipped(grad, x):
    """The sign is wrong: y^2 - 1 is negative everywhere.

    tanh rises. Which sign must its slope have?
    """
    return (grad * (np.tanh(x) ** 2 - 1),)
