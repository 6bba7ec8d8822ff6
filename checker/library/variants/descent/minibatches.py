"""Right ways to cut an epoch into batches."""

import numpy as np


def cut_at_the_ends(order, *, size=32):
    return np.split(order, range(size, len(order), size))


def as_plain_lists(order, *, size=32):
    batches: list[list[int]] = []
    for place, example in enumerate(order.tolist()):
        if place % size == 0:
            batches.append([])
        batches[-1].append(example)
    return batches


def until_nothing_is_left(order, *, size=32):
    batches = []
    while len(order):
        batches.append(order[:size])
        order = order[size:]
    return batches
