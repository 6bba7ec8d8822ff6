"""Mutants of the logarithm of softmax."""

import numpy as np

from checker.library.marks import unstable
from reference.activations import softmax
from reference.activations.log_softmax import forward

NOT_APPLICABLE = ("applied_twice",)


def logarithm_of_everything(x):
    """The sum of exponentials runs over the whole array; each row has its own.

    Take the exponentials of your answer. What does each row add up to?
    """
    largest = x.max()
    return x - largest - np.log(np.exp(x - largest).sum())


def logarithm_over_examples(x):
    """The sum of exponentials runs over the examples (axis 0): the columns are normalised.

    Does the first axis count examples or classes?
    """
    return np.moveaxis(forward(np.moveaxis(x, 0, -1)), -1, 0)


def largest_subtracted_only(x):
    """The largest logit is subtracted, and the logarithm of the sum is missing.

    Take the exponentials of your answer. What does each row add up to?
    """
    return x - x.max(axis=-1, keepdims=True)


def shift_not_put_back(x):
    """The largest logit is subtracted inside the logarithm, and not outside.

    log sum exp(x) and log sum exp(x - m): by how much do they differ?
    """
    largest = x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x - largest).sum(axis=-1, keepdims=True))


def to_another_base(x):
    """The logarithm has base 2.

    The derivative of which logarithm is 1 / x?
    """
    return forward(x) / np.log(2)


def softmax_itself(x):
    """These are the probabilities; their logarithm was asked for.

    Can the logarithm of a probability be positive?
    """
    return softmax.forward(x)


def sign_flipped(x):
    """The sign is wrong: these are the costs, minus the logarithms.

    Which sign has the logarithm of a probability?
    """
    return -forward(x)


def lifted_before_the_logarithm(x):
    """A small number is added to the probabilities before the logarithm.

    Would you need it, if you simplified log(exp(x) / sum exp) on paper?
    """
    return np.log(softmax.forward(x) + 1e-3)


def backward_of_softmax(grad, x):
    """This is the backward of softmax, not of its logarithm.

    Differentiate x_i - log sum_j exp(x_j) by x_k. What comes of each term?
    """
    return softmax.backward(grad, x)


def sum_left_out(grad, x):
    """The probabilities are subtracted once, not multiplied with the sum of the upstream.

    How often does x_k appear in the outputs of its row?
    """
    return (grad - softmax.forward(x),)


def upstream_not_added_up(grad, x):
    """Each entry keeps its own upstream gradient; the second term needs the sum of the row.

    Does x_k only move its own output?
    """
    return (grad * (1 - softmax.forward(x)),)


def weighted_sum(grad, x):
    """The sum is weighted with the probabilities, as in the backward of softmax.

    Differentiate log sum_j exp(x_j). What stands before each upstream gradient?
    """
    p = softmax.forward(x)
    return (grad - p * (grad * p).sum(axis=-1, keepdims=True),)


def summed_over_examples(grad, x):
    """The upstream gradient is summed over the examples (axis 0), not over the classes.

    Does the first axis count examples or classes?
    """
    return (grad - softmax.forward(x) * grad.sum(axis=0),)


def log_for_probability(grad, x):
    """The logarithms stand where the probabilities belong.

    What is the derivative of log sum exp? Is it positive?
    """
    return (grad - forward(x) * grad.sum(axis=-1, keepdims=True),)


@unstable
def logarithm_of_zero(x):
    """The logarithm is taken of probabilities that have become 0, which gives -inf.

    Simplify log(exp(x) / sum exp) on paper before you write it.
    """
    return np.log(softmax.forward(x))


@unstable
def never_shifted(x):
    """The largest logit is not subtracted, so exp overflows.

    Add 1000 to every logit. Should the answer change? Does yours?
    """
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
