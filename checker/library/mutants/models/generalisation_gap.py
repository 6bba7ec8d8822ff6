"""Mutants of reading two loss curves."""

import numpy as np


def _best(curve):
    return int(np.argmin(curve)) + 1


def best_on_the_training_examples(train, validation):
    """The best epoch is that of the training loss.

    Which of the curves knows nothing of the examples that were learned?
    """
    return _best(train), validation[-1] - train[-1]


def gap_the_other_way(train, validation):
    """The gap is training minus validation.

    Should overfitting be a positive number?
    """
    return _best(validation), train[-1] - validation[-1]


def gap_at_the_best_epoch(train, validation):
    """The gap is taken at the best epoch; it is that of the last one.

    When is a network overfitted most?
    """
    best = _best(validation)
    return best, validation[best - 1] - train[best - 1]


def gap_between_the_means(train, validation):
    """The gap is that of the means over all epochs; it is that of the last one.

    What do the first epochs say about the end?
    """
    return _best(validation), np.mean(validation) - np.mean(train)


def counted_from_zero(train, validation):
    """The best epoch is counted from 0; the first epoch is number 1.

    What is the best epoch if the first loss is the smallest?
    """
    return _best(validation) - 1, validation[-1] - train[-1]


def worst_epoch(train, validation):
    """The epoch with the greatest loss is returned.

    Should a loss be small or large?
    """
    return int(np.argmax(validation)) + 1, validation[-1] - train[-1]


def absolute_gap(train, validation):
    """The gap has lost its sign.

    Can a network do better on validation examples than on training examples?
    """
    return _best(validation), abs(validation[-1] - train[-1])
