"""Right ways to find the shape that two tensors have together."""

import numpy as np


class NotAlignedError(ValueError):
    """Such shapes have none together."""


def asked_of_numpy(one, other):
    return np.array(np.broadcast_shapes(tuple(one), tuple(other)), dtype=int)


def of_empty_arrays(one, other):
    return np.array(np.broadcast(np.empty(one), np.empty(other)).shape, dtype=int)


def filled_with_ones(one, other):
    axes = max(len(one), len(other))
    one = [1] * (axes - len(one)) + list(one)
    other = [1] * (axes - len(other)) + list(other)
    if any(a != b and 1 not in (a, b) for a, b in zip(one, other, strict=True)):
        raise NotAlignedError(one, other)
    return [b if a == 1 else a for a, b in zip(one, other, strict=True)]
