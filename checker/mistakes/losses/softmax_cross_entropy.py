"""Known-wrong versions of softmax followed by cross-entropy."""

import numpy as np

from reference.activations import softmax
from reference.losses.softmax_cross_entropy import backward


def summed_over_the_batch(grad, logits, labels):
    """Not divided by the number of examples: the loss is a mean, so its gradient is too.

    Repeat the batch twice. Should the gradient of one example grow, shrink or stay?
    """
    return (backward(grad, logits, labels)[0] * len(labels),)


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


def label_subtracted_after_dividing(grad, logits, labels):
    """1 is subtracted at the label after the division by n, so it is not divided itself.

    Which comes first, the difference or the mean?
    """
    return (grad * (softmax.forward(logits) / len(labels) - np.eye(logits.shape[1])[labels]),)


def probabilities_instead(grad, logits, labels):
    """These are the probabilities over n; the label is not used.

    Can a gradient that never sees the label teach anything?
    """
    return (grad * softmax.forward(logits) / len(labels),)


MISTAKES = (
    summed_over_the_batch,
    divided_by_entries,
    divided_twice,
    sign_flipped,
    softmax_forgotten,
    label_subtracted_after_dividing,
    probabilities_instead,
)
