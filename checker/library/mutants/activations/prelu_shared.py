"""Mutants of the rectified linear unit with one learned slope."""

import numpy as np

from reference.activations.prelu_shared import backward


def slope_instead(x, slope):
    """On the negative side stands the slope itself; it has to be multiplied with x.

    Do -3 and -6 give different answers?
    """
    return np.where(x > 0, x, slope)


def sides_exchanged(x, slope):
    """The slope is applied to the positive side.

    Which of the two sides leaks?
    """
    return np.where(x > 0, slope * x, x)


def larger_of_two(x, slope):
    """The larger of x and slope times x is taken, which is right for slopes below 1 only.

    A learned slope may become larger than 1. What happens then?
    """
    return np.maximum(x, slope * x)


def nothing_leaks(x, slope):
    """This is the plain ReLU: the negative side is 0.

    Where does the slope enter?
    """
    return np.maximum(x, 0)


def leaks_upwards(x, slope):
    """The sign of the leak is wrong.

    With a slope of 1 nothing should be bent. Is that so?
    """
    return np.where(x > 0, x, -slope * x)


def slope_gradient_not_summed(grad, x, slope):
    """The gradient of the slope has the shape of x: it is not summed.

    One slope serves many entries. Which shape does its gradient have?
    """
    return backward(grad, x, slope)[0], grad * np.minimum(x, 0)


def slope_gradient_of_all_inputs(grad, x, slope):
    """The gradient of the slope counts positive inputs too.

    Does the output at a positive input move when the slope does?
    """
    return backward(grad, x, slope)[0], (grad * x).sum()


def slope_gradient_without_the_input(grad, x, slope):
    """In the gradient of the slope the input is missing.

    What is the derivative of a x by a?
    """
    return backward(grad, x, slope)[0], (grad * (x < 0)).sum()


def slope_gradient_averaged(grad, x, slope):
    """The gradient of the slope is averaged over the entries, where the chain rule adds up.

    A number that acts along many paths: are its contributions added or averaged?
    """
    return backward(grad, x, slope)[0], (grad * np.minimum(x, 0)).mean()


def input_gradient_without_slope(grad, x, slope):
    """The gradient of x is 0 on the negative side, as for the plain ReLU.

    How much does the output move at a negative input?
    """
    return grad * (x > 0), backward(grad, x, slope)[1]


def input_gradient_of_one(grad, x, slope):
    """The gradient of x passes unchanged on the negative side.

    How much does the output move at a negative input?
    """
    return grad + 0, backward(grad, x, slope)[1]
