"""Right ways to write an initialiser of zeros."""

import numpy as np


def by_shape(noise):
    return np.zeros(noise.shape)


def lists(noise):
    return np.array([[0.0] * noise.shape[1]] * noise.shape[0])


def times_zero(noise):
    return noise * 0.0
