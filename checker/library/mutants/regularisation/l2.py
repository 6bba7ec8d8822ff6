"""Mutants of the L2 penalty."""

import numpy as np

from checker.library.marks import convention


def _factor(strength, half):
    return strength / 2 if half else strength


def averaged(weight, *, strength=0.01, half=False):
    """The mean of the squares is taken; the penalty is their sum.

    Should a network with more weights be punished less for each?
    """
    return _factor(strength, half) * np.mean(weight**2)


def square_of_the_sum(weight, *, strength=0.01, half=False):
    """The weights are added first and squared then, so that they cancel.

    What is the penalty of the weights 1 and -1?
    """
    return _factor(strength, half) * np.sum(weight) ** 2


def root_taken(weight, *, strength=0.01, half=False):
    """The root of the sum is taken: the length of the weights, not its square.

    Which of the two is easier to differentiate?
    """
    return _factor(strength, half) * np.sqrt(np.sum(weight**2))


def absolute_values(weight, *, strength=0.01, half=False):
    """Absolute values are added up: that is L1.

    Which norm adds up squares?
    """
    return _factor(strength, half) * np.sum(np.abs(weight))


def strength_squared(weight, *, strength=0.01, half=False):
    """The strength is squared with the weights.

    What does the bracket belong around?
    """
    return np.sum((strength * weight) ** 2) / (2 if half else 1)


@convention
def halved(weight, *, strength=0.01, half=False):
    """The penalty has a factor 1/2 that this task does not ask for.

    With the 1/2 the gradient is simpler. Is it in the formula of the text?
    """
    return strength / 2 * np.sum(weight**2)


def added_with_the_wrong_sign(grad, weight, *, strength=0.01, half=False):
    """The gradient has the wrong sign: weights would grow.

    Which way should the step against the gradient move a positive weight?
    """
    return -grad * (strength if half else 2 * strength) * weight


def gradient_averaged(grad, weight, *, strength=0.01, half=False):
    """The gradient is divided by the number of weights; the penalty is a sum.

    By how much does the sum change when one weight does?
    """
    return grad * (strength if half else 2 * strength) * weight / weight.size


def sign_only(grad, weight, *, strength=0.01, half=False):
    """Every weight is pulled alike: that is the gradient of L1.

    A parabola is steeper further out. By how much?
    """
    return grad * (strength if half else 2 * strength) * np.sign(weight)


def strength_left_out(grad, weight, *, strength=0.01, half=False):
    """The gradient does not contain the strength of the penalty.

    Twice the strength should pull how much harder?
    """
    return grad * (1 if half else 2) * weight
