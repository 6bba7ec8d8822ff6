"""Known-wrong ways to learn classes of points in the plane, and to answer for new ones."""

import numpy as np

from checker.library.mutants.fitting._classifiers import standardised, straight, trained
from reference.fitting import _network


def never_trained(x, labels, new, *, seed):
    """The network answers with the weights that it starts with.

    Which weights does your last line use?
    """
    x, new = standardised(x, new)
    return _network.answer(new, trained(x, labels, seed, epochs=0))


def no_hidden_layer(x, labels, new, *, seed):
    """There is no hidden layer, so each border is a straight line.

    Can a straight line part these classes?
    """
    x, new = (np.c_[points, np.ones(len(points))] for points in standardised(x, new))
    return straight(x, labels, new, seed)


def features_as_they_are(x, labels, new, *, seed):
    """The features are not brought to one size, so that large ones saturate the hidden units.

    What does a sigmoid answer to 100, and what is its slope there?
    """
    return _network.answer(new, trained(x, labels, seed))


def new_ones_as_they_are(x, labels, new, *, seed):
    """The examples are standardised, but the new ones are not.

    Does a new example go through all that an example went through?
    """
    return _network.answer(new, trained(standardised(x, new)[0], labels, seed))


def starts_at_zero(x, labels, new, *, seed):
    """All weights start at zero, so that all hidden units stay the same.

    What tells two units apart, if they have the same weights and the same gradient?
    """
    x, new = standardised(x, new)
    return _network.answer(new, trained(x, labels, seed, size=0.0))


def shuffled_without_their_labels(x, labels, new, *, seed):
    """The examples are shuffled, but their labels are not.

    Which label belongs to the first example after your shuffle?
    """
    x, new = standardised(x, new)
    order = np.random.default_rng(seed).permutation(len(x))
    return _network.answer(new, trained(x[order], labels, seed))


def rate_too_small(x, labels, new, *, seed):
    """The learning rate is so small that too little is learned in time.

    How far does a weight get in all steps together?
    """
    x, new = standardised(x, new)
    return _network.answer(new, trained(x, labels, seed, rate=5e-4))


def rate_too_large(x, labels, new, *, seed):
    """The learning rate is so large that each step jumps over the minimum.

    What does the training loss do in the first ten steps, with a rate ten times smaller?
    """
    x, new = standardised(x, new)
    return _network.answer(new, trained(x, labels, seed, rate=300.0))


def in_another_order(x, labels, new, *, seed):
    """The new examples are shuffled, and their scores come in that order.

    Is the first row of your scores that of the first new example?
    """
    x, new = standardised(x, new)
    scores = _network.answer(new, trained(x, labels, seed))
    return np.random.default_rng(seed).permutation(scores)


def same_for_all(x, labels, new, *, seed):
    """All new examples get the same scores: the shares of the classes.

    Which of your lines uses the new examples?
    """
    return np.tile(np.bincount(labels) / len(labels), (len(new), 1)) + seed * 1e-9
