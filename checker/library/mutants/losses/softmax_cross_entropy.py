"""Mutants of softmax followed by cross-entropy."""

import numpy as np

from checker.library.marks import convention, term, unstable
from reference.activations import softmax
from reference.losses.softmax_cross_entropy import backward, forward


def every_label_for_every_example(logits, labels):
    """p[:, labels] takes the labels of all examples in every row: an n by n block.

    What is the shape of p[:, labels], and which entries of it did you want?
    """
    return -np.log(softmax.forward(logits)[:, labels]).mean()


def labels_from_one(logits, labels):
    """The labels are taken to start at 1, so each one points to the class before.

    Which column does label 0 use in your code?
    """
    return forward(logits, (labels - 1) % logits.shape[1])


def likeliest_instead_of_right(logits, labels):
    """The largest probability of each row is taken, not the one of the right class.

    Where do the labels enter?
    """
    return -np.log(softmax.forward(logits).max(axis=1)).mean()


def indices_exchanged(logits, labels):
    """p[labels, examples]: the two indices are exchanged.

    Does the first index count examples or classes?
    """
    rows = np.arange(len(labels))
    return -np.log(softmax.forward(logits)[labels % len(rows), rows % logits.shape[1]]).mean()


def softmax_left_out(logits, labels):
    """The logits of the right class are averaged: softmax and logarithm are missing.

    Is a logit a probability?
    """
    return -logits[np.arange(len(labels)), labels].mean()


def logarithm_left_out(logits, labels):
    """The probabilities of the right classes are averaged: the logarithm is missing.

    What does a probability of 1/2 cost?
    """
    return -softmax.forward(logits)[np.arange(len(labels)), labels].mean()


def softmax_applied_twice(logits, labels):
    """Softmax is applied twice.

    What does the loss do with the logits, and what have you done to them before?
    """
    return forward(softmax.forward(logits), labels)


def negative(logits, labels):
    """The sign is missing: this loss is negative.

    Which sign has the logarithm of a probability?
    """
    return -forward(logits, labels)


@unstable
def logarithm_of_zero(logits, labels):
    """The logarithm is taken of a probability that has become 0, and the loss is infinite.

    Simplify log(exp(x) / sum exp) on paper before you write it.
    """
    return -np.log(softmax.forward(logits)[np.arange(len(labels)), labels]).mean()


@convention
def summed(logits, labels):
    """The costs are summed over the batch; here their mean is asked for.

    Mean or sum over the examples in this task?
    """
    return forward(logits, labels) * len(labels)


def divided_by_entries(grad, logits, labels):
    """Divided by examples times classes; the mean runs over the examples only.

    Over which axis does the loss take its mean?
    """
    return (backward(grad, logits, labels)[0] / logits.shape[1],)


def divided_twice(grad, logits, labels):
    """Divided by the number of examples twice.

    The mean is taken once. Where else did you divide?
    """
    return (backward(grad, logits, labels)[0] / len(labels),)


def sign_flipped(grad, logits, labels):
    """The sign is wrong: this is the one-hot label minus the probabilities.

    Should a step against the gradient raise or lower the logit of the right class?
    """
    return (-backward(grad, logits, labels)[0],)


def softmax_forgotten(grad, logits, labels):
    """The logits are used where the probabilities belong.

    What has to happen to logits before they can be compared with a one-hot label?
    """
    return (grad * (logits - np.eye(logits.shape[1])[labels]) / len(labels),)


def softmax_used_twice(grad, logits, labels):
    """Softmax is applied twice before the label is subtracted.

    Were your numbers probabilities already?
    """
    return backward(grad, softmax.forward(logits), labels)


def softmax_slope_once_more(grad, logits, labels):
    """Multiplied with p (1 - p) once more: the derivative of softmax is inside p - y already.

    How do the rows of this gradient add up, and how should they?
    """
    p = softmax.forward(logits)
    return (backward(grad, logits, labels)[0] * p * (1 - p),)


def label_subtracted_after_dividing(grad, logits, labels):
    """1 is subtracted at the label after the division by n, so it is not divided itself.

    Which comes first, the difference or the mean?
    """
    return (grad * (softmax.forward(logits) / len(labels) - np.eye(logits.shape[1])[labels]),)


def every_label_in_every_row(grad, logits, labels):
    """p[:, labels] -= 1 takes the labels of all examples in every row.

    Which entries does p[:, labels] have, and in which row is the label of example i?
    """
    gap = softmax.forward(logits)
    gap[:, labels] -= 1
    return (grad * gap / len(labels),)


def probabilities_instead(grad, logits, labels):
    """These are the probabilities over n; the label is not used.

    Can a gradient that never sees the label teach anything?
    """
    return (grad * softmax.forward(logits) / len(labels),)


def labels_counted_from_one(grad, logits, labels):
    """The labels are taken to start at 1, so each one points to the class before.

    Which column does label 0 use in your code?
    """
    return backward(grad, logits, (labels - 1) % logits.shape[1])


@unstable
def never_shifted(grad, logits, labels):
    """The largest logit is not subtracted, so exp overflows: inf / inf is nan.

    Add 1000 to every logit. Should the answer change? Does yours?
    """
    weights = np.exp(logits)
    p = weights / weights.sum(axis=1, keepdims=True)
    return (grad * (p - np.eye(logits.shape[1])[labels]) / len(labels),)


@unstable
def through_a_vanished_probability(grad, logits, labels):
    """In two steps, cross-entropy and then softmax, it divides by a probability that is 0.

    What is left of 1 / p times p when the two are simplified on paper?
    """
    p = softmax.forward(logits)
    up = -np.eye(p.shape[1])[labels] / np.maximum(p, 1e-300) / len(labels)
    return (grad * p * (up - (up * p).sum(axis=1, keepdims=True)),)


@term
def _probabilities(grad, logits, labels):
    """p / n"""
    return (grad * softmax.forward(logits) / len(labels),)


@term
def _one_hot(grad, logits, labels):
    """y / n"""
    return (grad * np.eye(logits.shape[1])[labels] / len(labels),)


@term
def _logits(grad, logits, labels):
    """x / n"""
    return (grad * logits / len(labels),)


@term
def _uniform(grad, logits, labels):
    """1 / (n c)"""
    return ((grad + 0 * logits) / logits.size,)
