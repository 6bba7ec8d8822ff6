"""Mutants of dealing each class evenly to folds."""

import numpy as np


def _shuffled(labels, seed):
    return np.random.default_rng(seed).permutation(len(labels))


def not_stratified(labels, *, folds=5, seed=0):
    """The classes are not looked at: a fold may miss one.

    What does it mean to be stratified?
    """
    fold = np.empty(len(labels), dtype=int)
    fold[_shuffled(labels, seed)] = np.arange(len(labels)) % folds
    return fold


def not_shuffled(labels, *, folds=5, seed=0):
    """The examples of a class are dealt as they lie.

    Which part of the text needs the seed?
    """
    fold = np.empty(len(labels), dtype=int)
    fold[np.argsort(labels, kind="stable")] = np.arange(len(labels)) % folds
    return fold


def each_class_from_the_first_fold(labels, *, folds=5, seed=0):
    """Every class begins at fold 0 again, so that the first folds get more than the others.

    Where does dealing go on when one class is used up?
    """
    order = _shuffled(labels, seed)
    fold = np.empty(len(labels), dtype=int)
    for c in np.unique(labels):
        members = order[labels[order] == c]
        fold[members] = np.arange(len(members)) % folds
    return fold


def answers_in_the_sorted_order(labels, *, folds=5, seed=0):
    """The folds are returned in the order of dealing; example i is asked for in place i.

    To which example does the first card go?
    """
    return np.arange(len(labels)) % folds


def counted_from_one(labels, *, folds=5, seed=0):
    """The folds are counted from 1; the first is number 0.

    Which numbers should be among the answers for 2 folds?
    """
    shuffled = _shuffled(labels, seed)
    fold = np.empty(len(labels), dtype=int)
    fold[shuffled[np.argsort(labels[shuffled], kind="stable")]] = np.arange(len(labels)) % folds
    return fold + 1


def permutation_turned_round(labels, *, folds=5, seed=0):
    """The fold of the i-th card is read off where it should be written down.

    Is fold[order] = ... the same as fold = ...[order]?
    """
    shuffled = _shuffled(labels, seed)
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    return (np.arange(len(labels)) % folds)[by_class]
