"""Right ways to write the He normal initialiser."""

import numpy as np


def divided(noise):
    return noise / np.sqrt(noise.shape[0] / 2)


def std_first(noise):
    return noise * (2.0 / len(noise)) ** 0.5
