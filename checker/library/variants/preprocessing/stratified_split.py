"""Right ways to split each class in the same proportions."""

from math import floor

import numpy as np


def example_by_example(labels, *, validation=0.0, test=0.2, seed=0):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels)).tolist()
    listed = sorted(order, key=lambda i: labels[i])

    def take(examples, share):
        taken: list[int] = []
        left: list[int] = []
        for i, example in enumerate(examples):
            early = floor((i + 1) * share + 0.5) > floor(i * share + 0.5)
            (taken if early else left).append(example)
        return np.array(taken, np.int64), np.array(left, np.int64)

    tested, rest = take(listed, test)
    checked, train = take(rest, validation / (1 - test))
    return tuple(rng.permutation(part) for part in (train, checked, tested))


def by_counting(labels, *, validation=0.0, test=0.2, seed=0):
    """An example is taken where the running total of the share reaches the next whole number."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(np.arange(len(labels)))
    place = np.empty(len(labels), dtype=int)
    place[order] = np.arange(len(labels))
    listed = np.lexsort((place, labels))
    part = np.zeros(len(labels), dtype=int)
    for number, share in ((2, test), (1, validation / (1 - test))):
        rest = np.flatnonzero(part == 0)
        total = (np.arange(len(rest) + 1) * share + 0.5).astype(int)
        part[rest[total[1:] != total[:-1]]] = number
    return tuple(rng.permutation(listed[part == number]) for number in range(3))
