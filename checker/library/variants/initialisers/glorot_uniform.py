"""Right ways to write the Glorot uniform initialiser."""

import numpy as np


def between_low_and_high(noise):
    limit = np.sqrt(6 / sum(noise.shape))
    return -limit + (limit - -limit) * noise


def by_the_std(noise):
    return np.sqrt(3) * np.sqrt(2 / sum(noise.shape)) * (2 * noise - 1)
