"""Known-wrong ways to learn from examples, and to answer for new ones."""

import numpy as np

from checker.library.mutants.fitting._classifiers import trained
from reference.fitting import _network


def never_trained(images, labels, new, *, seed):
    """The network answers with the weights that it starts with.

    Which weights does your last line use?
    """
    x, new = images / 16, new / 16
    return _network.answer(new, trained(x, labels, seed, units=32, size=1.0, epochs=0))


def new_images_by_columns(images, labels, new, *, seed):
    """The pixels of the new images come column by column, those of the examples row by row.

    Does the first pixel of a new image go where the first pixel of an example went?
    """
    turned = new.reshape(-1, 8, 8).transpose(0, 2, 1).reshape(new.shape)
    return _network.answer(turned / 16, trained(images / 16, labels, seed, units=32, size=1.0))


def first_images_only(images, labels, new, *, seed):
    """Only the first 20 images are learned from.

    How many images does your loop see in one epoch?
    """
    few = np.r_[:20, [int(np.argmax(labels == k)) for k in range(10)]]
    weights = trained(images[few] / 16, labels[few], seed, units=32, size=1.0)
    return _network.answer(new / 16, weights)


def starts_at_zero(images, labels, new, *, seed):
    """All weights start at zero, so that all hidden units stay the same.

    What tells two units apart, if they have the same weights and the same gradient?
    """
    x, new = images / 16, new / 16
    return _network.answer(new, trained(x, labels, seed, units=32, size=0.0))


def shuffled_without_their_labels(images, labels, new, *, seed):
    """The examples are shuffled, but their labels are not.

    Which label belongs to the first example after your shuffle?
    """
    x, new = images / 16, new / 16
    order = np.random.default_rng(seed).permutation(len(x))
    return _network.answer(new, trained(x[order], labels, seed, units=32, size=1.0))


def rate_too_small(images, labels, new, *, seed):
    """The learning rate is so small that too little is learned in time.

    How far does a weight get in all steps together?
    """
    x, new = images / 16, new / 16
    return _network.answer(new, trained(x, labels, seed, units=32, size=1.0, rate=5e-4))


def rate_too_large(images, labels, new, *, seed):
    """The learning rate is so large that each step jumps over the minimum.

    What does the training loss do in the first ten steps, with a rate ten times smaller?
    """
    x, new = images / 16, new / 16
    return _network.answer(new, trained(x, labels, seed, units=32, size=1.0, rate=30.0))


def least_likely(images, labels, new, *, seed):
    """The largest score is at the class that is the least likely.

    Is a score of yours a probability, or an error?
    """
    x, new = images / 16, new / 16
    return -_network.answer(new, trained(x, labels, seed, units=32, size=1.0))


def classes_counted_from_one(images, labels, new, *, seed):
    """The scores are shifted by one class.

    Which class does the first column belong to?
    """
    x, new = images / 16, new / 16
    return np.roll(_network.answer(new, trained(x, labels, seed, units=32, size=1.0)), 1, axis=1)


def in_another_order(images, labels, new, *, seed):
    """The new examples are shuffled, and their scores come in that order.

    Is the first row of your scores that of the first new example?
    """
    x, new = images / 16, new / 16
    scores = _network.answer(new, trained(x, labels, seed, units=32, size=1.0))
    return np.random.default_rng(seed).permutation(scores)


def same_for_all(images, labels, new, *, seed):
    """All new examples get the same scores: the shares of the classes.

    Which of your lines uses the new examples?
    """
    return np.tile(np.bincount(labels) / len(labels), (len(new), 1)) + seed * 1e-9
