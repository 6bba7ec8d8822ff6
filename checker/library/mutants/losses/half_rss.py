"""Mutants of half the residual sum of squares."""

import numpy as np

from checker.library.marks import convention
from reference.losses.half_rss import backward, forward

NOT_APPLICABLE = ("another_axis",)


def half_forgotten(prediction, target):
    """The half is missing.

    What does a single error of 1 cost by the formula?
    """
    return 2 * forward(prediction, target)


def one_loss_per_example(prediction, target):
    """There is one loss for each example; one number for the batch is asked for.

    Over which axes does the sum run?
    """
    return ((prediction - target) ** 2).sum(axis=-1) / 2


def half_squared(prediction, target):
    """The half is squared together with the error: this is a quarter of the sum.

    Does the half stand inside or outside the square?
    """
    return ((0.5 * (prediction - target)) ** 2).sum()


def not_squared(prediction, target):
    """Half of the absolute errors; they have to be squared.

    What does an error of 2 cost, compared with an error of 1?
    """
    return np.abs(prediction - target).sum() / 2


def squared_at_the_end(prediction, target):
    """The errors are summed and then squared, so that errors of opposite sign cancel.

    Is a prediction with the errors +1 and -1 perfect?
    """
    return (prediction - target).sum() ** 2 / 2


@convention
def averaged_over_the_batch(prediction, target):
    """Divided by the number of examples, as lecture 004 does for what it calls the MSE.

    Is there a mean in the formula of this task?
    """
    return forward(prediction, target) / len(prediction)


def two_left_over(grad, prediction, target):
    """A factor 2 is left over in the gradient.

    What is the half in the loss there for?
    """
    return (2 * backward(grad, prediction, target)[0],)


def half_left_over(grad, prediction, target):
    """The gradient is halved, but the 2 of the square has used the half up.

    What is the derivative of x^2 / 2?
    """
    return (backward(grad, prediction, target)[0] / 2,)


def sign_flipped(grad, prediction, target):
    """The sign is wrong: this is target minus prediction, as lecture 001 prints it.

    What is the inner derivative of (y - p) by p?
    """
    return (-backward(grad, prediction, target)[0],)


def loss_instead(grad, prediction, target):
    """These are the halved squares themselves, not their derivative.

    The gradient has to change its sign with the error.
    """
    return (grad * (prediction - target) ** 2 / 2,)
