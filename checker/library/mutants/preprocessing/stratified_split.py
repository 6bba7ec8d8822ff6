"""Mutants of splitting each class in the same proportions."""

import numpy as np

from checker.library.marks import convention
from reference.preprocessing.stratified_split import run

NOT_APPLICABLE = ("transposed",)


def _taken(listed, share):
    steps = np.floor(np.arange(len(listed) + 1) * share + 0.5)
    taken = np.diff(steps) > 0
    return listed[taken], listed[~taken]


def _sorted(rng, labels):
    shuffled = rng.permutation(len(labels))
    return shuffled[np.argsort(labels[shuffled], kind="stable")]


def _shuffled(rng, train, checked, tested):
    return rng.permutation(train), rng.permutation(checked), rng.permutation(tested)


def not_stratified(labels, *, validation=0.0, test=0.2, seed=0):
    """The classes are not looked at: a part may miss one.

    What has to be done to the shuffled examples before any of them is taken?
    """
    rng = np.random.default_rng(seed)
    tested, rest = _taken(rng.permutation(len(labels)), test)
    checked, train = _taken(rest, validation / (1 - test))
    return _shuffled(rng, train, checked, tested)


def not_shuffled(labels, *, validation=0.0, test=0.2, seed=0):
    """The examples of a class are taken as they lie: the seed only shuffles the parts.

    Which examples of a class can get into the test part, over all seeds?
    """
    rng = np.random.default_rng(seed)
    rng.permutation(len(labels))
    tested, rest = _taken(np.argsort(labels, kind="stable"), test)
    checked, train = _taken(rest, validation / (1 - test))
    return _shuffled(rng, train, checked, tested)


def whole_classes(labels, *, validation=0.0, test=0.2, seed=0):
    """The parts are cut off the sorted list in blocks, so that a part holds whole classes.

    Which classes are at the beginning of a list that is sorted by class?
    """
    rng = np.random.default_rng(seed)
    listed, n = _sorted(rng, labels), len(labels)
    tested = int(np.floor(test * n + 0.5))
    kept = tested + int(np.floor(validation / (1 - test) * (n - tested) + 0.5))
    return _shuffled(rng, listed[kept:], listed[tested:kept], listed[:tested])


def share_of_the_rest(labels, *, validation=0.0, test=0.2, seed=0):
    """The validation share is taken of what the test part left; it is a share of all examples.

    A quarter of all: how large a share is that of the three quarters that are left?
    """
    rng = np.random.default_rng(seed)
    tested, rest = _taken(_sorted(rng, labels), test)
    checked, train = _taken(rest, validation)
    return _shuffled(rng, train, checked, tested)


def each_class_cut_off(labels, *, validation=0.0, test=0.2, seed=0):
    """The share of each class is cut off to a whole number, so that small classes give nothing.

    How many of 100 classes of 4 examples get into a test part of a fifth?
    """
    rng = np.random.default_rng(seed)
    listed = _sorted(rng, labels)
    parts: tuple[list[int], ...] = ([], [], [])
    for c in np.unique(labels):
        members = listed[labels[listed] == c]
        tested = int(test * len(members))
        kept = tested + int(validation * len(members))
        for part, some in zip(
            parts, (members[kept:], members[tested:kept], members[:tested]), strict=True
        ):
            part.extend(some)
    return _shuffled(rng, *(np.array(part, dtype=int) for part in parts))


def parts_overlap(labels, *, validation=0.0, test=0.2, seed=0):
    """The validation part is taken from all examples, also those of the test part.

    May a network be chosen by examples that it is tested on?
    """
    rng = np.random.default_rng(seed)
    listed = _sorted(rng, labels)
    tested, rest = _taken(listed, test)
    checked, _ = _taken(listed, validation)
    return _shuffled(rng, rest[~np.isin(rest, checked)], checked, tested)


def left_sorted(labels, *, validation=0.0, test=0.2, seed=0):
    """The parts are left sorted by class: the first batches would hold one class only.

    What is done to each part at the end?
    """
    tested, rest = _taken(_sorted(np.random.default_rng(seed), labels), test)
    checked, train = _taken(rest, validation / (1 - test))
    return train, checked, tested


@convention
def smallest_part_shuffled_first(labels, *, validation=0.0, test=0.2, seed=0):
    """The right examples, but the parts are shuffled in another order than the text says.

    Which part is shuffled first?
    """
    rng = np.random.default_rng(seed)
    tested, rest = _taken(_sorted(rng, labels), test)
    checked, train = _taken(rest, validation / (1 - test))
    last, middle, first = _shuffled(rng, tested, checked, train)
    return first, middle, last


def validation_and_test_swapped(labels, *, validation=0.0, test=0.2, seed=0):
    """The validation and the test part have changed places.

    In which order are the three parts returned?
    """
    train, checked, tested = run(labels, validation=validation, test=test, seed=seed)
    return train, tested, checked


def seed_ignored(labels, *, validation=0.0, test=0.2, seed=0):
    """Every seed gives the same parts.

    What is the seed for?
    """
    return run(labels, validation=validation, test=test, seed=0)
