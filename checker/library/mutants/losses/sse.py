"""Mutants of the sum of squared errors."""

import numpy as np

from checker.library.marks import convention
from reference.losses.sse import backward, forward

NOT_APPLICABLE = ("another_axis",)


def averaged(prediction, target):
    """The squares are averaged; asked is their sum.

    What does the first S stand for?
    """
    return ((prediction - target) ** 2).mean()


def averaged_over_the_batch(prediction, target):
    """The sum is divided by the number of examples.

    Two batches together cost the sum of what each costs. Is that so here?
    """
    return forward(prediction, target) / len(prediction)


def summed_over_examples_only(prediction, target):
    """The sum runs along one axis only, so there is one number for each output.

    How many numbers should a loss be? What does a sum do without an axis?
    """
    return ((prediction - target) ** 2).sum(axis=0)


def products_of_different_errors(prediction, target):
    """A matrix product multiplies the errors of different outputs with each other.

    What stands off the diagonal of E^T E, and should it count?
    """
    error = prediction - target
    return (error.T @ error).sum()


def not_squared(prediction, target):
    """The absolute errors are summed; they have to be squared.

    What does an error of 2 cost, compared with an error of 1?
    """
    return np.abs(prediction - target).sum()


def squared_at_the_end(prediction, target):
    """The errors are summed and then squared, so that errors of opposite sign cancel.

    Is a prediction with the errors +1 and -1 perfect?
    """
    return (prediction - target).sum() ** 2


def squares_with_signs(prediction, target):
    """Negative errors get negative squares: e |e| instead of e^2.

    Which sign has the square of -2?
    """
    error = prediction - target
    return (error * np.abs(error)).sum()


@convention
def half_of_it(prediction, target):
    """This is half the sum, as courses have it that want the 2 of the derivative gone.

    Is there a half in the formula of this task?
    """
    return forward(prediction, target) / 2


def gradient_averaged(grad, prediction, target):
    """The gradient is divided by the number of examples, though the loss is a sum.

    Loss and gradient belong together. What does the loss divide by?
    """
    return (backward(grad, prediction, target)[0] / len(prediction),)


def gradient_of_the_mean(grad, prediction, target):
    """The gradient is divided by the number of entries: it is that of the mean.

    Loss and gradient belong together. What does the loss divide by?
    """
    return (backward(grad, prediction, target)[0] / prediction.size,)


def sign_flipped(grad, prediction, target):
    """The sign is wrong: this is target minus prediction.

    If a prediction is too high, should its gradient be positive or negative?
    """
    return (-backward(grad, prediction, target)[0],)


def loss_instead(grad, prediction, target):
    """These are the squared errors themselves, not their derivative.

    The gradient has to change its sign with the error.
    """
    return (grad * (prediction - target) ** 2,)
