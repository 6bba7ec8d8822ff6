"""Mutants of the cross-entropy for labels."""

import numpy as np

from checker.library.marks import convention, unstable
from reference.activations import softmax
from reference.losses.sparse_cross_entropy import backward, forward


def every_label_for_every_example(probability, labels):
    """p[:, labels] takes the labels of all examples in every row: an n by n block.

    What is the shape of p[:, labels], and which entries of it did you want?
    """
    return -np.log(probability[:, labels]).mean()


def labels_from_one(probability, labels):
    """The labels are taken to start at 1, so each one points to the class before.

    Which column does label 0 use in your code?
    """
    return forward(probability, (labels - 1) % probability.shape[1])


def likeliest_instead_of_right(probability, labels):
    """The largest probability of each row is taken, not the one of the right class.

    Where do the labels enter?
    """
    return -np.log(probability.max(axis=1)).mean()


def indices_exchanged(probability, labels):
    """p[labels, examples]: the two indices are exchanged.

    Does the first index count examples or classes?
    """
    rows = np.arange(len(labels))
    return -np.log(probability[labels % len(rows), rows % probability.shape[1]]).mean()


def logarithm_left_out(probability, labels):
    """The probabilities of the right classes are averaged: the logarithm is missing.

    What does a probability of 1/2 cost?
    """
    return -probability[np.arange(len(labels)), labels].mean()


def softmax_once_more(probability, labels):
    """Softmax is applied to numbers that are probabilities already.

    Are you given logits or probabilities?
    """
    return forward(softmax.forward(probability), labels)


def negative(probability, labels):
    """The sign is missing: this loss is negative.

    Which sign has the logarithm of a probability?
    """
    return -forward(probability, labels)


def averaged_over_everything(probability, labels):
    """The mean runs over the classes too.

    Guessing evenly among k classes should cost log k. What does it cost here?
    """
    return forward(probability, labels) / probability.shape[1]


def gradient_of_the_logits(grad, probability, labels):
    """p - y is the derivative by the logits; asked is the one by the probabilities.

    By which variable do you differentiate?
    """
    return (grad * (probability - _truth(probability, labels)) / len(labels),)


def every_class(grad, probability, labels):
    """-1 / p for every class: the label is not used.

    Which class does the loss look at?
    """
    return (-grad / np.maximum(probability, 1e-12) / len(labels),)


def probability_left_out(grad, probability, labels):
    """Minus one at every label: the division by the probability is missing.

    What is the derivative of log p?
    """
    return (-grad * _truth(probability, labels) / len(labels),)


def divided_by_entries(grad, probability, labels):
    """Divided by examples times classes; the mean runs over the examples only.

    Over which axis does the loss take its mean?
    """
    return (backward(grad, probability, labels)[0] / probability.shape[1],)


def labels_counted_from_one(grad, probability, labels):
    """The labels are taken to start at 1, so each one points to the class before.

    Which column does label 0 use in your code?
    """
    return backward(grad, probability, (labels - 1) % probability.shape[1])


@convention
def summed(probability, labels):
    """The costs are summed over the batch; here their mean is asked for.

    Mean or sum over the examples in this task?
    """
    return forward(probability, labels) * len(labels)


@unstable
def logarithm_of_zero(probability, labels):
    """Where the right class has probability 0 the loss is infinite.

    What is the smallest number whose logarithm you want to take?
    """
    return -np.log(probability[np.arange(len(labels)), labels]).mean()


@unstable
def division_by_zero(grad, probability, labels):
    """Nothing protects the division where a probability is exactly 0.

    What is the smallest value the denominator may take?
    """
    return (-grad * _truth(probability, labels) / probability / len(labels),)


def _truth(probability, labels):
    return np.eye(probability.shape[1])[labels]
