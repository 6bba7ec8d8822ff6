"""Mutants of the mean squared error with weights."""

import numpy as np

from checker.library.marks import convention
from reference.losses import mse
from reference.losses.weighted_mse import backward, forward


def weights_left_out(prediction, target, weight, *, over="weights"):
    """This is the plain mean squared error: the weights are not used.

    What does an example of weight 0 contribute?
    """
    return mse.forward(prediction, target)


def weights_inside_the_square(prediction, target, weight, *, over="weights"):
    """The errors are weighted before they are squared, so the weights count squared.

    An example of weight 2 counts as much as how many of weight 1?
    """
    error = weight[:, None] * (prediction - target)
    return np.square(error).mean(axis=1).sum() / _total(weight, over)


def weights_along_the_outputs(prediction, target, weight, *, over="weights"):
    """The weights go along the outputs; there is one for each example.

    Which axis has as many entries as there are weights? How do you make it fit?
    """
    return (weight * (prediction - target) ** 2).mean(axis=1).sum() / _total(weight, over)


def summed_over_outputs(prediction, target, weight, *, over="weights"):
    """The squares of an example are added up over its outputs; here they are averaged.

    What is the cost of one example: a sum or a mean over its k outputs?
    """
    return forward(prediction, target, weight, over=over) * prediction.shape[1]


def not_divided(prediction, target, weight, *, over="weights"):
    """The weighted costs are added up, and nothing divided.

    If every weight is 1, what should come out?
    """
    return (weight * ((prediction - target) ** 2).mean(axis=1)).sum()


def absolute_errors(prediction, target, weight, *, over="weights"):
    """The absolute errors are averaged; they have to be squared.

    What does an error of 2 cost, compared with an error of 1?
    """
    return (weight * np.abs(prediction - target).mean(axis=1)).sum() / _total(weight, over)


def one_loss_per_example(prediction, target, weight, *, over="weights"):
    """There is one loss for each example; one number for the batch is asked for.

    Over which axes do you add up?
    """
    return weight * ((prediction - target) ** 2).mean(axis=1) / _total(weight, over)


def divided_by_both(prediction, target, weight, *, over="weights"):
    """Divided by the sum of the weights and by the number of examples too.

    If every weight is 1, what should come out?
    """
    return not_divided(prediction, target, weight) / weight.sum() / len(weight)


def gradient_without_weights(grad, prediction, target, weight, *, over="weights"):
    """This is the gradient of the plain mean squared error: the weights are not used.

    Should an example of weight 0 move anything?
    """
    return mse.backward(grad, prediction, target)


def outputs_not_averaged(grad, prediction, target, weight, *, over="weights"):
    """Not divided by the number of outputs, although the cost of an example is a mean.

    Is the 1/k of the cost also in its derivative?
    """
    return (backward(grad, prediction, target, weight, over=over)[0] * prediction.shape[1],)


def gradient_not_divided(grad, prediction, target, weight, *, over="weights"):
    """Not divided by what the loss is divided by.

    What stands below the line in the loss? Is it in your gradient?
    """
    return (grad * 2 * weight[:, None] * (prediction - target) / prediction.shape[1],)


def sign_flipped(grad, prediction, target, weight, *, over="weights"):
    """The sign is wrong: this is target minus prediction.

    If a prediction is too high, should its gradient be positive or negative?
    """
    return (-backward(grad, prediction, target, weight, over=over)[0],)


def gradient_weighted_twice(grad, prediction, target, weight, *, over="weights"):
    """The weights count squared.

    An example of weight 2 pulls as hard as how many of weight 1?
    """
    return (backward(grad, prediction, target, weight, over=over)[0] * weight[:, None],)


@convention
def half_of_it(prediction, target, weight, *, over="weights"):
    """This is half of the mean, as courses have it that want the 2 of the derivative gone.

    Is there a half in the formula of this task?
    """
    return forward(prediction, target, weight, over=over) / 2


@convention
def divided_by_examples(prediction, target, weight, *, over="weights"):
    """Divided by the number of examples, as Keras does it; here by the sum of the weights.

    If all weights are doubled, should the loss change?
    """
    return forward(prediction, target, weight, over="examples")


def _total(weight, over):
    return weight.sum() if over == "weights" else len(weight)
