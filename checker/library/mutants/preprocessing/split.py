"""Mutants of splitting examples into three parts."""

import numpy as np

from checker.library.marks import convention

NOT_APPLICABLE = ("transposed",)


def _parts(order, validation, tested):
    kept = tested + min(validation, len(order) - tested)
    return order[kept:], order[tested:kept], order[:tested]


def validation_cut_first(*, examples, validation=0.0, test=0.2, seed=0):
    """The validation part is cut off first and the test part after it; the test part is the first.

    Which part has the examples at the beginning of the shuffled order?
    """
    order = np.random.default_rng(seed).permutation(examples)
    tested = round(test * examples)
    checked = min(round(validation * examples), examples - tested)
    return order[checked + tested :], order[:checked], order[checked : checked + tested]


def not_shuffled(*, examples, validation=0.0, test=0.2, seed=0):
    """The examples are taken as they lie; in sorted data a whole class may be missing.

    What if the file is sorted by class?
    """
    order = np.arange(examples)
    return _parts(order, round(validation * examples), round(test * examples))


def parts_overlap(*, examples, validation=0.0, test=0.2, seed=0):
    """The training part holds all examples, also those it is tested on.

    What does a test say about examples that were learned by heart?
    """
    order = np.random.default_rng(seed).permutation(examples)
    _, checked, tested = _parts(order, round(validation * examples), round(test * examples))
    return order, checked, tested


def share_of_the_rest(*, examples, validation=0.0, test=0.2, seed=0):
    """The validation part is a share of what the test part left; it is one of all examples.

    How many of 10 examples are 25 %, if 2 are the test part?
    """
    order = np.random.default_rng(seed).permutation(examples)
    tested = round(test * examples)
    return _parts(order, round(validation * (examples - tested)), tested)


def cut_instead_of_rounded(*, examples, validation=0.0, test=0.2, seed=0):
    """The sizes are cut off; they are rounded to the nearest whole number.

    How many examples are 20 % of 23?
    """
    order = np.random.default_rng(seed).permutation(examples)
    return _parts(order, int(validation * examples), int(test * examples))


@convention
def other_parts_first(*, examples, validation=0.0, test=0.2, seed=0):
    """The parts are cut in another order: the text takes the test part first, then validation.

    Which examples of the order does each part get?
    """
    order = np.random.default_rng(seed).permutation(examples)
    tested = round(test * examples)
    checked = min(round(validation * examples), examples - tested)
    train = examples - tested - checked
    return order[:train], order[train : train + checked], order[train + checked :]


def validation_and_test_swapped(*, examples, validation=0.0, test=0.2, seed=0):
    """The validation and the test part have changed places.

    In which order are the three parts returned?
    """
    order = np.random.default_rng(seed).permutation(examples)
    train, checked, tested = _parts(order, round(validation * examples), round(test * examples))
    return train, tested, checked


def seed_ignored(*, examples, validation=0.0, test=0.2, seed=0):
    """Every seed gives the same order.

    What is the seed for?
    """
    order = np.random.default_rng(0).permutation(examples)
    return _parts(order, round(validation * examples), round(test * examples))
