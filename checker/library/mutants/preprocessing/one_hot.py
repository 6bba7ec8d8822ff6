"""Mutants of one-hot encoding."""

import numpy as np

from reference.preprocessing.one_hot import run


def labels_from_one(labels, *, classes):
    """The labels are taken to start at 1, so each one is in the column before.

    In which column is the one of label 0?
    """
    return run((labels - 1) % classes, classes=classes)


def classes_that_occur(labels, *, classes):
    """There are as many columns as different labels in the batch.

    What if a class is missing from this batch? Is it gone from the network too?
    """
    return np.eye(len(np.unique(labels)))[np.searchsorted(np.unique(labels), labels)]


def up_to_the_largest_label(labels, *, classes):
    """There are as many columns as the largest label needs.

    What if the last class is missing from this batch?
    """
    return np.eye(labels.max() + 1)[labels]


def ones_in_every_row(labels, *, classes):
    """Every row has the ones of all labels.

    y[:, labels] = 1 writes into which rows? Which entry of which row did you want?
    """
    result = np.zeros((len(labels), classes))
    result[:, labels] = 1
    return result


def label_instead_of_one(labels, *, classes):
    """The label itself stands where a 1 belongs.

    What should each row add up to?
    """
    return run(labels, classes=classes) * labels[:, None]


def transposed(labels, *, classes):
    """Examples are columns here; they should be rows.

    Which axis counts examples?
    """
    return run(labels, classes=classes).T


def one_cold(labels, *, classes):
    """Zeros and ones are exchanged.

    Which one entry of a row is different from the others, and what should it be?
    """
    return 1 - run(labels, classes=classes)


def ones_up_to_the_label(labels, *, classes):
    """There is a one in every column up to the label.

    How many ones has a row?
    """
    return (np.arange(classes) <= labels[:, None]).astype(float)


def last_example_only(labels, *, classes):
    """Only the last example has its row; the others are zero.

    Does your loop go back to the start for each example, or does it make a new array?
    """
    result = run(labels, classes=classes)
    result[:-1] = 0
    return result
