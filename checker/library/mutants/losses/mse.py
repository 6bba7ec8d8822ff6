"""Mutants of the mean squared error."""

import numpy as np

from checker.library.marks import convention
from reference.losses.mse import backward, forward

NOT_APPLICABLE = ("another_axis",)


def summed(prediction, target):
    """The squares are summed; asked is their mean.

    Write every example down twice. Should the mean double?
    """
    return ((prediction - target) ** 2).sum()


def root_taken(prediction, target):
    """A square root is taken at the end.

    If every error doubles, does this loss grow twofold or fourfold?
    """
    return np.sqrt(forward(prediction, target))


def absolute_errors(prediction, target):
    """This is the mean of the absolute errors; they have to be squared.

    What does an error of 2 cost, compared with an error of 1?
    """
    return np.abs(prediction - target).mean()


def squared_at_the_end(prediction, target):
    """The mean error is squared, so errors of opposite sign cancel first.

    Is a prediction with the errors +1 and -1 perfect?
    """
    return (prediction - target).mean() ** 2


def variance_of_the_errors(prediction, target):
    """The variance of the errors is taken, which subtracts their mean before it squares.

    If every prediction is too large by 1, is the loss 0?
    """
    return np.var(prediction - target)


def one_column_against_all(prediction, target):
    """Every prediction is compared with every target: (n, 1) and (n,) broadcast to (n, n).

    Print the shape of prediction - target. How many differences should there be?
    """
    return ((prediction[:, :1] - target[:, 0]) ** 2).mean()


def one_loss_per_example(prediction, target):
    """There is one loss for each example; one number for the batch is asked for.

    Over which axes does your mean run?
    """
    return ((prediction - target) ** 2).mean(axis=-1)


def divided_twice_by_examples(prediction, target):
    """The mean is divided by the number of examples once more.

    Does a mean not divide already?
    """
    return forward(prediction, target) / len(prediction)


@convention
def divided_by_examples(prediction, target):
    """The sum is divided by the number of examples only; here the mean runs over every entry.

    How many squares are added up before the mean is taken?
    """
    return ((prediction - target) ** 2).sum() / len(prediction)


@convention
def half_of_it(prediction, target):
    """This is half of the mean, as courses have it that want the 2 of the derivative gone.

    Is there a half in the formula of this task?
    """
    return forward(prediction, target) / 2


@convention
def half_the_sum_per_example(prediction, target):
    """This is the mean over examples of half the sum over outputs, as in lecture 004.

    Over what does the mean of this task run, and is there a half in it?
    """
    return ((prediction - target) ** 2).sum() / 2 / len(prediction)


def sign_flipped(grad, prediction, target):
    """The sign is wrong: this is target minus prediction.

    If a prediction is too high, should its gradient be positive or negative?
    """
    return (-backward(grad, prediction, target)[0],)


def gradient_of_the_absolute_errors(grad, prediction, target):
    """This is the gradient of the mean absolute error: only the signs of the errors are there.

    Should a large error pull harder than a small one?
    """
    return grad * np.sign(prediction - target) / prediction.size


def not_divided(grad, prediction, target):
    """Not divided by the number of entries, although the loss is a mean.

    Is the 1/N of the loss also in its derivative?
    """
    return (grad * 2 * (prediction - target),)


def divided_twice(grad, prediction, target):
    """Divided by the number of entries, and then by the number of examples once more.

    The mean is taken once. Where else did you divide?
    """
    return (backward(grad, prediction, target)[0] / len(prediction),)


def loss_instead(grad, prediction, target):
    """These are the squared errors themselves, not their derivative.

    The gradient has to change its sign with the error.
    """
    return (grad * (prediction - target) ** 2 / prediction.size,)


def averaged_to_one_number(grad, prediction, target):
    """The gradient is averaged to a single number.

    A gradient has the shape of what it belongs to. How many predictions are there?
    """
    return (backward(grad, prediction, target)[0].mean(),)
