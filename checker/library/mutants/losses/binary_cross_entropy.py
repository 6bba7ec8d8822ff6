"""Mutants of the binary cross-entropy."""

import numpy as np

from checker.library.marks import convention, term, unstable
from reference.losses.binary_cross_entropy import forward

NOT_APPLICABLE = ("another_axis",)


def only_the_ones(probability, target):
    """Only the term of the targets 1 is there.

    What does it cost to be wrong about a 0?
    """
    return -(target * np.log(probability)).mean()


def negative(probability, target):
    """The sign is missing: this loss is negative.

    Which sign has the logarithm of a probability?
    """
    return -forward(probability, target)


def logarithms_of_the_target(probability, target):
    """The targets stand inside the logarithms, as a slide of lecture 002 misprints it.

    Does your loss change when the prediction does?
    """
    kept = np.clip(target, 1e-12, 1 - 1e-12)
    return -(target * np.log(kept) + (1 - target) * np.log(1 - kept)).mean()


def minus_on_one_term(probability, target):
    """The minus sign reaches the first term only.

    Where does the bracket open that the minus stands before, and where does it close?
    """
    ones, zeros = target * np.log(probability), (1 - target) * np.log(1 - probability)
    return (-ones + zeros).mean()


def same_logarithm_twice(probability, target):
    """Both terms use log p; the second needs log(1 - p).

    With which probability was a 0 predicted?
    """
    return -(np.log(probability) + 0 * target).mean()


def targets_rounded(probability, target):
    """Targets between 0 and 1 are rounded: each of the two terms counts as much as its target.

    What does a target of 0.7 say about the term of the targets 0?
    """
    return forward(probability, (target >= 0.5).astype(target.dtype))


@convention
def averaged_over_examples_only(probability, target):
    """Summed over the outputs and averaged over the examples; here every entry counts.

    How many predictions are there in a batch of n examples with k outputs?
    """
    return forward(probability, target) * probability.shape[1]


def every_pair(probability, target):
    """Every prediction meets every target: (n, 1) and (n,) broadcast to (n, n).

    Print the shape of target * log(probability). How many products should there be?
    """
    p, y = probability.reshape(-1, 1), target.ravel()
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


def clipped_too_hard(probability, target):
    """Probabilities are clipped at 1 %, which makes confident answers cost the wrong amount.

    How small may the clip be before it changes an answer?
    """
    return forward(np.clip(probability, 0.01, 0.99), target)


@unstable
def zero_times_infinity(probability, target):
    """0 log 0 is nan in floating point, though a certain and right prediction costs nothing.

    What is 0 times minus infinity?
    """
    return -(target * np.log(probability) + (1 - target) * np.log(1 - probability)).mean()


@convention
def summed(probability, target):
    """The costs are summed over the batch, as in lecture 003; here their mean is asked for.

    Mean or sum in this task?
    """
    return forward(probability, target) * probability.size


def gradient_of_the_logit(grad, probability, target):
    """p - y is the derivative by the logit; asked is the one by the probability.

    By which variable do you differentiate? Which factor did the sigmoid bring in?
    """
    return (grad * (probability - target) / probability.size,)


def second_sign_wrong(grad, probability, target):
    """The term of the targets 0 has the wrong sign.

    What is the derivative of log(1 - p)?
    """
    dloss = -target / probability - (1 - target) / (1 - probability)
    return (grad * dloss / probability.size,)


def first_term_only(grad, probability, target):
    """Only the term of the targets 1 is there.

    Do the examples with target 0 teach nothing?
    """
    return (-grad * target / probability / probability.size,)


@unstable
def division_by_zero(grad, probability, target):
    """Nothing protects the division where a probability is exactly 0 or 1.

    What is the smallest value the denominator may take?
    """
    variance = probability * (1 - probability)
    return (grad * (probability - target) / variance / probability.size,)


@term
def _ones(grad, probability, target):
    """(y / p) / N"""
    return (grad * target / probability / target.size,)


@term
def _zeros(grad, probability, target):
    """((1 - y) / (1 - p)) / N"""
    return (grad * (1 - target) / (1 - probability) / target.size,)


@term
def _prediction(grad, probability, target):
    """p / N"""
    return (grad * probability / target.size,)


@term
def _wanted(grad, probability, target):
    """y / N"""
    return (grad * target / target.size,)
