"""Mutants of the shape that two tensors have together."""

from itertools import zip_longest

import numpy as np


def aligned_on_the_left(one, other):
    """The shapes are aligned on their first axes; broadcasting starts from the last.

    Write the two shapes below each other, flush right. Which sizes meet?
    """
    return np.array([_together(*pair) for pair in zip_longest(one, other, fillvalue=1)], dtype=int)


def aligned_and_refused_on_the_left(one, other):
    """The shapes are aligned on their first axes; broadcasting starts from the last.

    Write the two shapes below each other, flush right. Which sizes meet?
    """
    pairs = list(zip_longest(one, other, fillvalue=1))
    return np.array([_together(*_fitting(*pair)) for pair in pairs], dtype=int)


def shared_axes_only(one, other):
    """The result stops where the shorter shape ends: the other axes in front are missing.

    What does zip do when one of the two is longer?
    """
    pairs = zip(reversed(one), reversed(other), strict=False)
    return np.array([_together(*pair) for pair in pairs][::-1], dtype=int)


def shared_axes_only_or_refused(one, other):
    """The result stops where the shorter shape ends: the other axes in front are missing.

    What does zip do when one of the two is longer?
    """
    pairs = list(zip(reversed(one), reversed(other), strict=False))
    return np.array([_together(*_fitting(*pair)) for pair in pairs][::-1], dtype=int)


def never_turned_back(one, other):
    """The sizes are right and stand in reverse.

    You started from the last axis. In which order did you collect the sizes?
    """
    return _each(one, other, _together)[::-1]


def larger_size(one, other):
    """The larger of two sizes is taken: that is wrong where an axis has no entries at all.

    How many times is an axis of length 1 repeated to match one of length 0?
    """
    return _each(one, other, max)


def smaller_size(one, other):
    """The smaller of two sizes is taken, so nothing is ever repeated.

    Which of the two is stretched: an axis of length 1, or the other one?
    """
    return _each(one, other, min)


def sizes_multiplied(one, other):
    """The sizes of axes that meet are multiplied.

    Three rows meet three rows. How many rows are there then?
    """
    return _each(one, other, lambda a, b: a * b)


def one_behind_the_other(one, other):
    """The shapes are written one behind the other.

    How many axes has the sum of a matrix and a row?
    """
    return np.array([*one, *other], dtype=int)


def shape_of_the_longer(one, other):
    """The shape with more axes is returned as it is.

    Have its axes of length 1 no longer anything to be stretched for?
    """
    return np.array(max(one, other, key=len), dtype=int)


def _each(one, other, rule):
    pairs = zip_longest(reversed(one), reversed(other), fillvalue=1)
    return np.array([rule(*pair) for pair in pairs][::-1], dtype=int)


def _together(a, b):
    return b if a == 1 else a


def _fitting(a, b):
    if a != b and 1 not in (a, b):
        raise ValueError("the shapes do not fit")
    return a, b
