"""Mutants of deciding by a threshold."""

import numpy as np

from checker.library.marks import convention


def one_half_always(probability, *, threshold=0.5):
    """The threshold is 1/2, whatever is asked for.

    Where do you use the threshold?
    """
    return np.where(probability > 0.5, 1, 0)


def exchanged(probability, *, threshold=0.5):
    """The two classes are exchanged.

    A probability of 0.99 speaks for which class?
    """
    return np.where(probability > threshold, 0, 1)


def minus_one_and_one(probability, *, threshold=0.5):
    """The classes are called -1 and 1; here they are 0 and 1.

    What are the two classes called in this task?
    """
    return np.where(probability > threshold, 1, -1)


def probability_kept(probability, *, threshold=0.5):
    """The probability itself comes back where it is above the threshold.

    A decision is a class. Which two are there?
    """
    return np.where(probability > threshold, probability, 0)


def threshold_of_a_logit(probability, *, threshold=0.5):
    """The threshold is 0, that of a logit; a probability is hardly ever below.

    Which probability belongs to the logit 0?
    """
    return np.where(probability > 0, 1, 0)


def one_decision_for_all(probability, *, threshold=0.5):
    """The mean probability decides for all examples.

    How many decisions are asked for?
    """
    return np.full(probability.shape, int(probability.mean() > threshold))


def below_one_minus(probability, *, threshold=0.5):
    """The threshold is applied to the other class: it is 1 less the threshold that counts.

    With a threshold of 0.9, how sure has the network to be?
    """
    return np.where(probability > 1 - threshold, 1, 0)


@convention
def one_at_the_threshold(probability, *, threshold=0.5):
    """At exactly the threshold the answer is 1, as in some libraries; here it is 0.

    What does the task say about a probability that is the threshold itself?
    """
    return np.where(probability >= threshold, 1, 0)
