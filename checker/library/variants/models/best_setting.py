"""Right ways to choose a setting."""

import numpy as np


def in_a_loop(losses):
    best, least = 0, float("inf")
    for setting, row in enumerate(losses):
        mean = sum(row) / len(row)
        if mean < least:
            best, least = setting, mean
    return best, least


def by_sorting(losses):
    means = np.average(losses, axis=1)
    best = int(np.argsort(means, kind="stable")[0])
    return best, means[best]
