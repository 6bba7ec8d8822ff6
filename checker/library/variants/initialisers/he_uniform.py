"""Right ways to write the He uniform initialiser."""

import numpy as np


def by_the_std(noise):
    return (2 * noise - 1) * np.sqrt(3) * np.sqrt(2 / len(noise))


def in_two_steps(noise):
    limit = (6.0 / noise.shape[0]) ** 0.5
    return 2 * limit * noise - limit
