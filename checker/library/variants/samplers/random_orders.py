"""Right ways to draw an order for each epoch."""

import random

import numpy as np


def by_sorting_noise(*, epochs, examples, seed):
    return np.argsort(np.random.default_rng(seed).random((epochs, examples)), axis=1)


def shuffled_on(*, epochs, examples, seed):
    """Each epoch shuffles the order of the one before."""
    rng, order, orders = np.random.default_rng(seed), np.arange(examples), []
    for _ in range(epochs):
        rng.shuffle(order)
        orders.append(order.copy())
    return np.stack(orders)


def swapped_one_by_one(*, epochs, examples, seed):
    rng, orders = random.Random(seed), []
    for _ in range(epochs):
        order = list(range(examples))
        for i in range(examples - 1, 0, -1):
            j = rng.randrange(i + 1)
            order[i], order[j] = order[j], order[i]
        orders.append(order)
    return orders


def chosen_without_replacement(*, epochs, examples, seed):
    rng = np.random.RandomState(seed)
    return [rng.choice(examples, size=examples, replace=False) for _ in range(epochs)]


def a_seed_for_each_epoch(*, epochs, examples, seed):
    return [np.random.default_rng((seed, epoch)).permutation(examples) for epoch in range(epochs)]


def permuted_by_rows(*, epochs, examples, seed):
    orders = np.tile(np.arange(examples), (epochs, 1))
    return np.random.default_rng(seed).permuted(orders, axis=1)
