"""Mutants of deciding for the highest score."""

import numpy as np


def position_in_the_whole(scores):
    """One number for the whole array: argmax without an axis counts through everything.

    How many decisions are asked for? What does argmax do without an axis?
    """
    return np.argmax(scores)


def best_example_of_each_class(scores):
    """The highest score is looked for along axis 0: the best example of each class.

    Does the first axis count examples or classes?
    """
    return np.argmax(scores, axis=0)


def second_axis(scores):
    """The highest score is looked for along axis 1; the classes are on the last axis.

    Which axis is the last one of an array with three axes?
    """
    return np.argmax(scores, axis=min(1, scores.ndim - 1))


def last_of_equals(scores):
    """Among equal scores the last one wins; here the first.

    What does the task say about ties?
    """
    return scores.shape[-1] - 1 - np.argmax(scores[..., ::-1], axis=-1)


def lowest_score(scores):
    """The class of the lowest score wins.

    Does a high score speak for a class or against it?
    """
    return np.argmin(scores, axis=-1)


def score_instead_of_class(scores):
    """This is the highest score; asked is whose it is.

    Which numbers can a class be?
    """
    return scores.max(axis=-1)


def classes_from_one(scores):
    """The classes are numbered from 1.

    What is the first class called?
    """
    return np.argmax(scores, axis=-1) + 1


def largest_size(scores):
    """The largest number without its sign wins.

    Is a score of -5 a good one?
    """
    return np.argmax(np.abs(scores), axis=-1)


def one_hot_rows(scores):
    """There is a row of zeros and ones for each example; asked is the number of the class.

    How many numbers are a decision?
    """
    return np.eye(scores.shape[-1])[np.argmax(scores, axis=-1)]


def axis_kept(scores):
    """The axis of the classes is still there, with length 1.

    What does keepdims do, and do you need it here?
    """
    return np.argmax(scores, axis=-1, keepdims=True)
