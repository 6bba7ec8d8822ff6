"""Right ways to draw an order."""

import random

import numpy as np


def by_sorting_noise(*, examples, seed):
    return np.argsort(np.random.default_rng(seed).random(examples))


def shuffled_in_place(*, examples, seed):
    order = np.arange(examples)
    np.random.default_rng(seed).shuffle(order)
    return order


def swapped_one_by_one(*, examples, seed):
    rng, order = random.Random(seed), list(range(examples))
    for i in range(examples - 1, 0, -1):
        j = rng.randrange(i + 1)
        order[i], order[j] = order[j], order[i]
    return order


def chosen_without_replacement(*, examples, seed):
    return np.random.RandomState(seed).choice(examples, size=examples, replace=False)


ALTERNATIVES = (
    by_sorting_noise,
    shuffled_in_place,
    swapped_one_by_one,
    chosen_without_replacement,
)
