"""Known-wrong ways to draw an order."""

import numpy as np


def with_replacement(*, examples, seed):
    """Numbers are drawn one by one, so that some examples come twice and others never.

    How many different examples does your order hold?
    """
    return np.random.default_rng(seed).integers(examples, size=examples)


def as_they_lie(*, examples, seed):
    """Nothing is shuffled: the examples stay in their order.

    Does your shuffle return a new array, or change the one that it is given?
    """
    return np.arange(examples)


def rotated(*, examples, seed):
    """The order is only turned round by a random number of places.

    Which examples are neighbours afterwards?
    """
    return np.roll(np.arange(examples), np.random.default_rng(seed).integers(1, examples))


def neighbours_swapped(*, examples, seed):
    """Only neighbours are swapped, so that nothing moves far.

    Where can the first example end up?
    """
    order = np.arange(examples)
    for i in np.flatnonzero(np.random.default_rng(seed).random(examples - 1) < 0.5):
        order[[i, i + 1]] = order[[i + 1, i]]
    return order


def counted_from_one(*, examples, seed):
    """The examples are counted from 1.

    Which number does the first one have?
    """
    return np.random.default_rng(seed).permutation(examples) + 1


def halves_apart(*, examples, seed):
    """Each half is shuffled by itself: nothing gets from one into the other.

    Should an example of the first half ever come in the second?
    """
    rng, middle = np.random.default_rng(seed), examples // 2
    first, second = np.arange(middle), np.arange(middle, examples)
    return np.concatenate([rng.permutation(first), rng.permutation(second)])


MISTAKES = (
    with_replacement,
    as_they_lie,
    rotated,
    neighbours_swapped,
    counted_from_one,
    halves_apart,
)
