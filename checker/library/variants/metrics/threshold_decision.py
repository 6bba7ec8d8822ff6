"""Right ways to decide by a threshold."""

import numpy as np


def truth_values(probability, *, threshold=0.5):
    return probability > threshold


def by_the_sign(probability, *, threshold=0.5):
    return np.maximum(np.sign(probability - threshold), 0)


def entry_by_entry(probability, *, threshold=0.5):
    return np.vectorize(lambda p: 1 if p > threshold else 0, otypes=[int])(probability)
