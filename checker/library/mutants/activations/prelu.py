"""Mutants of the rectified linear unit with learned slopes."""

import numpy as np

from reference.activations.prelu import backward


def one_slope_for_all(x, slope):
    """The first slope serves every channel.

    How many slopes are you given, and which one belongs to channel 1?
    """
    return np.where(x > 0, x, slope[0] * x)


def slope_instead(x, slope):
    """On the negative side stands the slope itself; it has to be multiplied with x.

    Do -3 and -6 give different answers?
    """
    return np.where(x > 0, x, _along(slope, x))


def sides_exchanged(x, slope):
    """The slopes are applied to the positive side.

    Which of the two sides leaks?
    """
    return np.where(x > 0, _along(slope, x) * x, x)


def larger_of_two(x, slope):
    """The larger of x and slope times x is taken, which is right for slopes below 1 only.

    A learned slope may become larger than 1. What happens then?
    """
    return np.maximum(x, _along(slope, x) * x)


def nothing_leaks(x, slope):
    """This is the plain ReLU: the negative side is 0.

    Where does the slope enter?
    """
    return np.maximum(x, 0)


def slopes_along_the_last_axis(x, slope):
    """The slopes go along the last axis; the channels are axis 1.

    Which axis has as many entries as there are slopes? How do you make it fit?
    """
    return np.where(x > 0, x, slope * x)


def slope_gradient_not_summed(grad, x, slope):
    """The gradient of the slopes has the shape of x: it is not summed.

    One slope serves many entries. Which shape does its gradient have?
    """
    return backward(grad, x, slope)[0], grad * np.minimum(x, 0)


def slope_gradient_of_all_inputs(grad, x, slope):
    """The gradient of the slopes counts positive inputs too.

    Does the output at a positive input move when the slope does?
    """
    return backward(grad, x, slope)[0], _summed(grad * x)


def slope_gradient_without_the_input(grad, x, slope):
    """In the gradient of the slopes the input is missing.

    What is the derivative of a x by a?
    """
    return backward(grad, x, slope)[0], _summed(grad * (x < 0))


def slope_gradient_summed_over_channels(grad, x, slope):
    """The gradient of the slopes is summed over the channels too.

    How many slopes are learned?
    """
    dx, dslope = backward(grad, x, slope)
    return dx, 0 * slope + dslope.sum()


def slope_gradient_averaged(grad, x, slope):
    """The gradient of the slopes is averaged over the examples, where the chain rule adds up.

    A number that acts along many paths: are its contributions added or averaged?
    """
    dx, dslope = backward(grad, x, slope)
    return dx, dslope / len(x)


def slope_gradient_multiplied_by_the_slope(grad, x, slope):
    """The gradient of the slopes is made with the output, which holds the slope once more.

    What is the derivative of a x by a?
    """
    dx, dslope = backward(grad, x, slope)
    return dx, dslope * slope


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


def _along(slope, x):
    return slope.reshape(-1, *[1] * (x.ndim - 2))


def _summed(each):
    return each.sum(axis=(0, *range(2, each.ndim)))
