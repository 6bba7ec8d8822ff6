"""Mutants of choosing a setting by cross-validation."""

import numpy as np


def worst_setting(losses):
    """The setting with the greatest loss is chosen.

    Should a loss be small or large?
    """
    means = losses.mean(axis=1)
    best = int(np.argmax(means))
    return best, means[best]


def averaged_over_settings(losses):
    """The mean is taken over the settings; it is taken over the folds of each.

    What does a row stand for, and what a column?
    """
    means = losses.mean(axis=0)
    best = int(np.argmin(means))
    return best, means[best]


def median_of_the_folds(losses):
    """The median over the folds is taken; their mean is meant.

    Does a median feel one bad fold?
    """
    middle = np.median(losses, axis=1)
    best = int(np.argmin(middle))
    return best, middle[best]


def best_single_fold(losses):
    """The setting with the least loss on any one fold is chosen.

    How much does luck weigh in a single fold?
    """
    best = int(np.argmin(losses.min(axis=1)))
    return best, losses[best].min()


def best_single_fold_and_its_mean(losses):
    """The setting with the least loss on any one fold is chosen.

    How much does luck weigh in a single fold?
    """
    best = int(np.argmin(losses.min(axis=1)))
    return best, losses[best].mean()


def least_loss_returned(losses):
    """The loss that is returned is that of the best fold; it is the mean over the folds.

    By which number was the setting chosen?
    """
    best = int(np.argmin(losses.mean(axis=1)))
    return best, losses[best].min()


def first_fold_only(losses):
    """Only the first fold is looked at.

    What are the others for?
    """
    best = int(np.argmin(losses[:, 0]))
    return best, losses[best, 0]


def added_up(losses):
    """The loss that is returned is a sum over the folds; it is their mean.

    Should the number grow with the number of folds?
    """
    best = int(np.argmin(losses.sum(axis=1)))
    return best, losses[best].sum()


def last_of_equals(losses):
    """Of settings that are equally good the last one is taken.

    Which one does the text ask for?
    """
    means = losses.mean(axis=1)
    best = len(means) - 1 - int(np.argmin(means[::-1]))
    return best, means[best]


def counted_from_one(losses):
    """The settings are counted from 1; the first row is number 0.

    Which row does losses[1] take?
    """
    means = losses.mean(axis=1)
    best = int(np.argmin(means))
    return best + 1, means[best]
