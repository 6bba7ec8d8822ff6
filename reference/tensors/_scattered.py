"""Add up what belongs to the same place: the transpose of looking entries up by index."""

import math

import numpy as np

from reference.spec import Index, Real


def summed_at(places: Index, values: Real, count: int) -> Real:
    """Entry k of the result is the sum of all values[i] with places[i] = k, for k below count."""
    size = math.prod(values.shape[1:])
    places = places.astype(np.intp)
    sums = np.zeros_like(values, shape=(count, size), order="C")
    sums[places] = -0.0  # which changes no number that is added, not even -0.0
    # One index for each number: numpy adds numbers at places faster than rows.
    at = places[:, None] * size + np.arange(size)
    np.add.at(sums.reshape(-1), at.ravel(), values.ravel())
    return np.reshape(sums, (count, *values.shape[1:]))
