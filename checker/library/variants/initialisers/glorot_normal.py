"""Right ways to write the Glorot normal initialiser."""

import numpy as np


def by_the_mean_fan(noise):
    return noise / np.sqrt((noise.shape[0] + noise.shape[1]) / 2)


def std_first(noise):
    std = (2.0 / sum(noise.shape)) ** 0.5
    return 0.0 + std * noise
