"""Mutants of the categorical cross-entropy."""

import numpy as np

from checker.library.marks import convention, unstable
from reference.activations import softmax
from reference.losses.cross_entropy import backward, forward


def averaged_over_everything(probability, target):
    """The mean runs over the classes too.

    Guessing evenly among k classes should cost log k. What does it cost here?
    """
    return forward(probability, target) / target.shape[1]


def binary_for_each_class(probability, target):
    """The terms (1 - y) log(1 - p) of the binary loss are added for each class.

    Move probability between two wrong classes. Should the loss change?
    """
    others = (1 - target) * np.log(np.maximum(1 - probability, 1e-300))
    return forward(probability, target) - others.sum(axis=1).mean()


def logarithm_of_the_target(probability, target):
    """The target stands inside the logarithm, the prediction outside.

    Whose logarithm is large when the prediction is bad?
    """
    return -(probability * np.log(np.clip(target, 1e-12, 1))).sum(axis=1).mean()


def likeliest_instead_of_right(probability, target):
    """The largest probability of each row is taken, not the one of the right class.

    Where does the target enter?
    """
    return -np.log(probability.max(axis=1)).mean()


def likeliest_target_only(probability, target):
    """Only the class with the highest target counts; every class counts as much as its target.

    What if the target is 0.6 for one class and 0.4 for another?
    """
    right = probability[np.arange(len(target)), target.argmax(axis=1)]
    return -np.log(np.maximum(right, 1e-12)).mean()


def softmax_once_more(probability, target):
    """Softmax is applied to numbers that are probabilities already.

    Are you given logits or probabilities?
    """
    return forward(softmax.forward(probability), target)


def negative(probability, target):
    """The sign is missing: this loss is negative.

    Which sign has the logarithm of a probability?
    """
    return -forward(probability, target)


def added_inside_the_logarithm(probability, target):
    """A small number is added inside the logarithm, which changes every answer a little.

    What does a certain and right prediction cost here: can p + eps exceed 1?
    """
    return -(target * np.log(probability + 1e-3)).sum(axis=1).mean()


@unstable
def zero_times_infinity(probability, target):
    """0 log 0 is nan in floating point, though a class that is not the right one costs nothing.

    What is 0 times minus infinity?
    """
    return -(target * np.log(probability)).sum(axis=1).mean()


@convention
def summed(probability, target):
    """The costs are summed over the batch, as in lectures 002 and 003; here the mean is asked for.

    Mean or sum over the examples in this task?
    """
    return forward(probability, target) * len(target)


def gradient_of_the_logits(grad, probability, target):
    """p - y is the derivative by the logits; asked is the one by the probabilities.

    By which variable do you differentiate?
    """
    return (grad * (probability - target) / len(target),)


def divided_by_the_target(grad, probability, target):
    """The prediction is divided by the target; it must be the other way round.

    What is the derivative of log p?
    """
    return (-grad * probability / np.where(target == 0, 1, target) / len(target),)


def binary_terms_added(grad, probability, target):
    """The terms (1 - y) / (1 - p) of the binary loss are added.

    Does the categorical loss look at the wrong classes at all?
    """
    binary = (1 - target) / np.maximum(1 - probability, 1e-12)
    return (backward(grad, probability, target)[0] + grad * binary / len(target),)


def divided_by_entries(grad, probability, target):
    """Divided by examples times classes; the mean runs over the examples only.

    Over which axis does the loss take its mean?
    """
    return (backward(grad, probability, target)[0] / target.shape[1],)


def not_multiplied_by_the_target(grad, probability, target):
    """-1 / p for every class: the target is missing.

    Which class does the loss look at?
    """
    return (-grad / np.maximum(probability, 1e-12) / len(target),)


@unstable
def division_by_zero(grad, probability, target):
    """Nothing protects the division where a probability is exactly 0.

    What is the smallest value the denominator may take?
    """
    return (-grad * target / probability / len(target),)
