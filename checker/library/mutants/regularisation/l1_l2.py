"""Mutants of the sum of both penalties."""

import numpy as np

from checker.library.marks import convention


def strengths_swapped(weight, *, l1=0.01, l2=0.01):
    """The two strengths have changed places.

    Which of them belongs to the squares?
    """
    return l2 * np.sum(np.abs(weight)) + l1 * np.sum(weight**2)


def squares_left_out(weight, *, l1=0.01, l2=0.01):
    """Only the absolute values count.

    How many terms has the penalty?
    """
    return l1 * np.sum(np.abs(weight))


def absolute_values_left_out(weight, *, l1=0.01, l2=0.01):
    """Only the squares count.

    How many terms has the penalty?
    """
    return l2 * np.sum(weight**2)


def averaged(weight, *, l1=0.01, l2=0.01):
    """The mean is taken of both; both penalties are sums.

    Should a network with more weights be punished less for each?
    """
    return l1 * np.mean(np.abs(weight)) + l2 * np.mean(weight**2)


def multiplied(weight, *, l1=0.01, l2=0.01):
    """The two penalties are multiplied; they are added.

    What should be left when one of the strengths is 0?
    """
    return l1 * np.sum(np.abs(weight)) * l2 * np.sum(weight**2)


@convention
def squares_halved(weight, *, l1=0.01, l2=0.01):
    """The squares have a factor 1/2 that this task does not ask for.

    With the 1/2 the gradient is simpler. Is it in the formula of the text?
    """
    return l1 * np.sum(np.abs(weight)) + l2 / 2 * np.sum(weight**2)


def gradients_swapped(grad, weight, *, l1=0.01, l2=0.01):
    """The two strengths have changed places in the gradient.

    Which of them pulls every weight alike?
    """
    return grad * (l2 * np.sign(weight) + 2 * l1 * weight)


def pull_left_out(grad, weight, *, l1=0.01, l2=0.01):
    """The gradient of the absolute values is missing.

    A sum has the derivatives of how many terms?
    """
    return grad * 2 * l2 * weight


def decay_left_out(grad, weight, *, l1=0.01, l2=0.01):
    """The gradient of the squares is missing.

    A sum has the derivatives of how many terms?
    """
    return grad * l1 * np.sign(weight)


def gradient_averaged(grad, weight, *, l1=0.01, l2=0.01):
    """The gradient is divided by the number of weights; both penalties are sums.

    By how much does the sum change when one weight does?
    """
    return grad * (l1 * np.sign(weight) + 2 * l2 * weight) / weight.size
