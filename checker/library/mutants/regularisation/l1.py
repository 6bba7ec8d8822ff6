"""Mutants of the L1 penalty."""

import numpy as np


def absolute_value_forgotten(weight, *, strength=0.01):
    """The weights are added with their signs, so that they cancel.

    What is the penalty of the weights 1 and -1?
    """
    return strength * np.sum(weight)


def absolute_value_of_the_sum(weight, *, strength=0.01):
    """The absolute value is taken of the sum, not of each weight, so that weights cancel.

    What is the penalty of the weights 1 and -1?
    """
    return strength * np.abs(weight.sum())


def averaged(weight, *, strength=0.01):
    """The mean is taken; the penalty is a sum.

    Should a network with more weights be punished less for each?
    """
    return strength * np.mean(np.abs(weight))


def squared(weight, *, strength=0.01):
    """The weights are squared: that is L2.

    Which norm adds up absolute values?
    """
    return strength * np.sum(weight**2)


def largest_only(weight, *, strength=0.01):
    """Only the largest weight counts.

    Which weights should become small: one, or all of them?
    """
    return strength * np.max(np.abs(weight), initial=0)


def pulled_like_squares(grad, weight, *, strength=0.01):
    """The gradient grows with the weight, as that of L2 does.

    How steep is the absolute value at 3, and how steep at 0.3?
    """
    return grad * strength * weight


def always_positive(grad, weight, *, strength=0.01):
    """The gradient is strength |w|: it does not know on which side of 0 a weight is.

    Which way must a negative weight move for its absolute value to shrink?
    """
    return grad * strength * np.abs(weight)


def sign_forgotten(grad, weight, *, strength=0.01):
    """Every weight gets the gradient strength, whatever its sign.

    Which way must a negative weight move for its absolute value to shrink?
    """
    return grad * strength * np.ones_like(weight)


def gradient_averaged(grad, weight, *, strength=0.01):
    """The gradient is divided by the number of weights; the penalty is a sum.

    By how much does the sum grow when one weight grows by 1?
    """
    return grad * strength * np.sign(weight) / weight.size


def strength_left_out(grad, weight, *, strength=0.01):
    """The gradient does not contain the strength of the penalty.

    Twice the strength should pull how much harder?
    """
    return grad * np.sign(weight)
