"""Known-wrong ways to draw an order for each epoch."""

import numpy as np


def with_replacement(*, epochs, examples, seed):
    """Numbers are drawn one by one, so that some examples come twice and others never.

    How many different examples does an epoch of yours hold?
    """
    return np.random.default_rng(seed).integers(examples, size=(epochs, examples))


def as_they_lie(*, epochs, examples, seed):
    """Nothing is shuffled: the examples stay in their order.

    Does your shuffle return a new array, or change the one that it is given?
    """
    return np.tile(np.arange(examples), (epochs, 1))


def same_in_every_epoch(*, epochs, examples, seed):
    """There is one order, used in every epoch.

    When does your generator start, and when is it asked?
    """
    order = np.random.default_rng(seed).permutation(examples)
    return np.tile(order, (epochs, 1))


def swapped_with_any_place(*, epochs, examples, seed):
    """Each place is swapped with any place at all, so that some orders come more often.

    Three examples have 3 * 3 * 3 such courses of swaps: can 6 orders share them evenly?
    """
    return _swapped(epochs, examples, seed, lambda rng, _: rng.integers(examples, size=examples))


def swapped_with_any_place_from_the_front(*, epochs, examples, seed):
    """Each place is swapped with any place at all, so that some orders come more often.

    Three examples have 3 * 3 * 3 such courses of swaps: can 6 orders share them evenly?
    """
    rng, orders = np.random.default_rng(seed), []
    for _ in range(epochs):
        order = list(range(examples))
        for i, j in enumerate(rng.integers(examples, size=examples).tolist()):
            order[i], order[j] = order[j], order[i]
        orders.append(order)
    return np.array(orders)


def never_with_itself(*, epochs, examples, seed):
    """Each place is swapped with one before it and never with itself: no example may stay.

    Which numbers can your generator give, and is the place itself among them?
    """
    return _swapped(epochs, examples, seed, lambda rng, last: rng.integers(np.maximum(last, 1)))


def rotated(*, epochs, examples, seed):
    """The order is only turned round by a random number of places.

    Which examples are neighbours afterwards?
    """
    turns = np.random.default_rng(seed).integers(1, examples, size=(epochs, 1))
    return (np.arange(examples) - turns) % examples


def neighbours_swapped(*, epochs, examples, seed):
    """Only neighbours are swapped, so that nothing moves far.

    Where can the first example end up?
    """
    rng = np.random.default_rng(seed)
    orders = np.tile(np.arange(examples), (epochs, 1))
    for order in orders:
        for i in np.flatnonzero(rng.random(examples - 1) < 0.5):
            order[[i, i + 1]] = order[[i + 1, i]]
    return orders


def counted_from_one(*, epochs, examples, seed):
    """The examples are counted from 1.

    Which number does the first one have?
    """
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(examples) + 1 for _ in range(epochs)])


def halves_apart(*, epochs, examples, seed):
    """Each half is shuffled by itself: nothing gets from one into the other.

    Should an example of the first half ever come in the second?
    """
    rng, middle = np.random.default_rng(seed), examples // 2
    first, second = np.arange(middle), np.arange(middle, examples)
    return np.array(
        [np.concatenate([rng.permutation(first), rng.permutation(second)]) for _ in range(epochs)]
    )


def one_order_only(*, epochs, examples, seed):
    """There is one order, and not one for each epoch.

    How many rows does your result have?
    """
    return np.random.default_rng(seed).permutation(examples)


def _swapped(epochs, examples, seed, partners):
    rng, orders = np.random.default_rng(seed), []
    for _ in range(epochs):
        order, places = list(range(examples)), range(examples - 1, -1, -1)
        for i, j in zip(places, partners(rng, np.array(places)), strict=True):
            order[i], order[j] = order[j], order[i]
        orders.append(order)
    return np.array(orders)
