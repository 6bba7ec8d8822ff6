"""Right ways to split examples."""

import numpy as np


def with_slices(*, examples, validation=0.0, test=0.2, seed=0):
    order = list(np.random.default_rng(seed).permutation(examples))
    tested = round(test * examples)
    checked = round(validation * examples)
    rest = order[tested:]
    return (
        np.array(rest[checked:], dtype=int),
        np.array(rest[:checked], dtype=int),
        np.array(order[:tested], dtype=int),
    )


def with_numpy_split(*, examples, validation=0.0, test=0.2, seed=0):
    order = np.random.default_rng(seed).permutation(np.arange(examples))
    tested = round(test * examples)
    first, second, rest = np.split(order, [tested, tested + round(validation * examples)])
    return rest, second, first
