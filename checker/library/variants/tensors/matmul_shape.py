"""Right ways to find the shape of a matrix product."""

import numpy as np


def of_the_product(one, other):
    return np.array((np.empty(one) @ np.empty(other)).shape, dtype=int)


def by_broadcasting_the_batch(one, other):
    if one[-1] != other[-2]:
        raise ValueError("no product")
    batch = np.broadcast_shapes(tuple(one[:-2]), tuple(other[:-2]))
    return [*batch, one[-2], other[-1]]
