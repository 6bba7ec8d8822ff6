"""Right ways to write the accuracy for two classes."""

import numpy as np


def one_less_the_distance(probability, target, *, threshold=0.5):
    return 1 - np.abs((probability > threshold) - target).mean()


def counted_and_divided(probability, target, *, threshold=0.5):
    right = 0
    for p, y in zip(probability, target, strict=True):
        right += (p > threshold) == (y == 1)
    return right / len(target)


def single_precision(probability, target, *, threshold=0.5):
    return np.float32(np.average((probability > threshold) == target))
