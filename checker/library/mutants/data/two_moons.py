"""Mutants of drawing two moons."""

import numpy as np


def _drawn(examples, seed):
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % 2)
    return rng, labels, rng.uniform(0, np.pi, examples)


def whole_circles(*, examples, noise=0.1, seed=0):
    """The angles go all the way round; a moon is half a circle.

    Which angle has the other end of a half circle?
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % 2)
    a = rng.uniform(0, 2 * np.pi, examples)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), 0.5 - np.sin(a)]
    return np.where(labels == 0, upper, lower).T, labels


def labels_in_two_blocks(*, examples, noise=0.1, seed=0):
    """The labels are shuffled from 0, 0, ..., 1, 1; the text shuffles 0, 1, 0, 1, ...

    Does the same shuffle give the same labels from another order?
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) >= (examples + 1) // 2).astype(int)
    a = rng.uniform(0, np.pi, examples)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), 0.5 - np.sin(a)]
    return np.where(labels == 0, upper, lower).T, labels


def not_moved_up(*, examples, noise=0.1, seed=0):
    """The second moon lies half a unit too low.

    What is the second coordinate of the second moon at the angle 0?
    """
    _, labels, a = _drawn(examples, seed)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), -np.sin(a)]
    return np.where(labels == 0, upper, lower).T, labels


def not_turned_over(*, examples, noise=0.1, seed=0):
    """The second moon is the first one shifted; it has to be turned over as well.

    Do the moons reach into one another?
    """
    _, labels, a = _drawn(examples, seed)
    upper, lower = [np.cos(a), np.sin(a)], [1 + np.cos(a), 0.5 + np.sin(a)]
    return np.where(labels == 0, upper, lower).T, labels


def labels_swapped(*, examples, noise=0.1, seed=0):
    """The classes have changed places.

    Which moon is class 0?
    """
    _, labels, a = _drawn(examples, seed)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), 0.5 - np.sin(a)]
    return np.where(labels == 1, upper, lower).T, labels


def classes_sorted(*, examples, noise=0.1, seed=0):
    """The classes come one after the other; they should be shuffled.

    What would a batch of the first examples look like?
    """
    _, labels, a = _drawn(examples, seed)
    labels = np.sort(labels)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), 0.5 - np.sin(a)]
    return np.where(labels == 0, upper, lower).T, labels


def coordinates_in_rows(*, examples, noise=0.1, seed=0):
    """The coordinates are rows; each example is a row.

    What shape have 5 points in the plane?
    """
    _, labels, a = _drawn(examples, seed)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), 0.5 - np.sin(a)]
    return np.where(labels == 0, upper, lower), labels


def angles_drawn_first(*, examples, noise=0.1, seed=0):
    """The angles are drawn before the labels; the text has it the other way about.

    One generator draws both. Whose turn is it first?
    """
    rng = np.random.default_rng(seed)
    a = rng.uniform(0, np.pi, examples)
    labels = rng.permutation(np.arange(examples) % 2)
    upper, lower = [np.cos(a), np.sin(a)], [1 - np.cos(a), 0.5 - np.sin(a)]
    return np.where(labels == 0, upper, lower).T, labels
