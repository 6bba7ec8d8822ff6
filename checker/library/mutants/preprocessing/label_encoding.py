"""Mutants of label encoding."""

import numpy as np

from reference.preprocessing.label_encoding import run


def numbered_from_one(labels):
    """The classes are numbered from 1, as in the text of lecture 001.

    Which column of a network's output is the first?
    """
    return run(labels) + 1


def labels_unchanged(labels):
    """The labels come back as they are, with their gaps.

    If only 3 and 7 occur, which two numbers should come out?
    """
    return labels.copy()


def smallest_subtracted(labels):
    """The smallest label is subtracted from all, which leaves gaps where a number is missing.

    If 0, 3 and 7 occur, which numbers should come out?
    """
    return labels - labels.min()


def order_of_appearance(labels):
    """The classes are numbered as they appear; they should be sorted first.

    Would the same classes in another order get the same numbers?
    """
    seen = list(dict.fromkeys(labels.tolist()))
    return np.array([seen.index(label) for label in labels.tolist()])


def numbered_downwards(labels):
    """The largest label gets 0.

    Which class comes first when they are sorted?
    """
    codes = run(labels)
    return codes.max() - codes


def positions_of_the_sorted(labels):
    """argsort says where the sorted labels come from, not which class each one is.

    Do two equal labels get the same number from you?
    """
    return np.argsort(labels, kind="stable")


def ranks(labels):
    """Each label gets its rank in the whole list, so equal labels get different numbers.

    How many different numbers should come out?
    """
    return np.argsort(np.argsort(labels, kind="stable"), kind="stable")


def counted(labels):
    """Each label is replaced by how often it occurs.

    What if two classes occur equally often?
    """
    return np.array([np.sum(labels == label) for label in labels])


def smaller_labels_counted(labels):
    """It counts the examples with a smaller label, and not the different smaller labels.

    If a class occurs twice as often, do the numbers of the other classes change?
    """
    return (labels < labels[:, None]).sum(axis=1)


def list_of_classes(labels):
    """This is the sorted list of the classes, not the number of each label.

    How many numbers should come out for five labels?
    """
    return np.unique(labels)
