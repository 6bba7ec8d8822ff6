"""Mutants of softmax over channels. Some are those of `softmax`."""

import numpy as np

from checker.library.marks import convention, unstable
from checker.library.mutants.activations import softmax as of
from reference.activations import sigmoid, softmax
from reference.activations.channel_softmax import forward


def _forward(mutant, x):
    """What a mutant of softmax makes of the channels."""
    return np.moveaxis(mutant(np.moveaxis(x, -3, -1)), -1, -3)


def _backward(mutant, grad, x):
    (dx,) = mutant(np.moveaxis(grad, -3, -1), np.moveaxis(x, -3, -1))
    return (np.moveaxis(dx, -1, -3),)


def _over(x, axes):
    """Softmax over these axes."""
    weights = np.exp(x - x.max(axis=axes, keepdims=True))
    return weights / weights.sum(axis=axes, keepdims=True)


@convention
def channels_last(x):
    """The probabilities add up to 1 along the last axis, which has the channels in Keras only.

    Which axis counts the channels here, and which one the columns of an image?
    """
    return softmax.forward(x)


def over_the_rows(x):
    """The probabilities add up to 1 along the height of the image.

    How many axes come after that of the channels?
    """
    return _over(x, -2)


def over_the_first_axis(x):
    """The probabilities add up to 1 along the first axis, which counts the examples in a batch.

    Does one example change the probabilities of another?
    """
    return _over(x, 0)


def over_all_places(x):
    """The probabilities of each channel add up to 1 over all its places.

    Is it asked where in the image something is, or what is at a place?
    """
    return _over(x, (-2, -1))


def over_the_whole_image(x):
    """The probabilities of all channels and places together add up to 1.

    How many distributions does an image of 5 times 5 places have?
    """
    return _over(x, (-3, -2, -1))


def channels_not_moved_back(x):
    """The result has its channels last; it should have the axes of the image.

    Which shape has the result, and which has x?
    """
    return softmax.forward(np.moveaxis(x, -3, -1))


def sum_of_all_channels(x):
    """The exponentials are divided by the sum over the whole image, and so do not add up to 1.

    What is the sum of the channels at one place?
    """
    weights = np.exp(x - x.max(axis=-3, keepdims=True))
    return weights / weights.sum(axis=(-3, -2, -1), keepdims=True)


def sigmoid_of_each(x):
    """Each entry went through a sigmoid; the channels do not add up to 1.

    Do the classes compete for a place in your answer?
    """
    return sigmoid.forward(x)


def winner_takes_all(x):
    """The largest channel of a place gets 1 and the others 0.

    Soft means that a small change of a logit makes a small change of the answer. Does yours?
    """
    return _forward(of.winner_takes_all, x)


def not_normalised(x):
    """These are the exponentials, not divided by their sum.

    What has to be true of the sum of the channels at each place?
    """
    return _forward(of.not_normalised, x)


@unstable
def never_shifted(x):
    """The largest logit is not subtracted, so exp overflows: inf / inf is nan.

    Add 1000 to every logit. Should the answer change? Does yours?
    """
    return _forward(of.never_shifted, x)


@unstable
def shifted_by_one_for_all(x):
    """One maximum is subtracted from the whole image, so a place far below it becomes 0 / 0.

    Whose largest logit belongs to a place?
    """
    weights = np.exp(x - x.max())
    return weights / weights.sum(axis=-3, keepdims=True)


def summed_along_the_last_axis(grad, x):
    """The weighted sum runs along the width of the image; it runs over the channels.

    Which entries compete with each other?
    """
    p = forward(x)
    return (p * (grad - (grad * p).sum(axis=-1, keepdims=True)),)


def summed_over_the_image(grad, x):
    """The weighted sum runs over the whole image; each place has its own.

    Does a logit change the probabilities at another place?
    """
    p = forward(x)
    return (p * (grad - (grad * p).sum(axis=(-3, -2, -1), keepdims=True)),)


def diagonal_only(grad, x):
    """p (1 - p) is only the diagonal of the derivative.

    Raise one logit a little. Do the other channels of the place stay?
    """
    return _backward(of.diagonal_only, grad, x)


def unweighted_sum(grad, x):
    """The sum that is subtracted lacks its weights p.

    The derivative is diag(p) - p p^T. Where does the second p appear in your code?
    """
    return _backward(of.unweighted_sum, grad, x)


def mean_subtracted(grad, x):
    """The plain mean of the upstream gradient is subtracted, not its mean under p.

    Is every channel equally probable?
    """
    return _backward(of.mean_subtracted, grad, x)


def diagonal_missing(grad, x):
    """Only the part -p p^T is there; the diagonal is missing.

    How does a probability react to its own logit?
    """
    return _backward(of.diagonal_missing, grad, x)


def sum_added(grad, x):
    """The weighted sum is added, where it has to be subtracted.

    If one probability rises, what must the others do?
    """
    return _backward(of.sum_added, grad, x)
