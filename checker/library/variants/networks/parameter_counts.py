"""Right ways to count parameters."""

from itertools import pairwise

import numpy as np


def pair_by_pair(widths, *, bias=True):
    return [d * k + (k if bias else 0) for d, k in pairwise(widths)]


def sizes_of_arrays(widths, *, bias=True):
    counts = [np.empty((d, k)).size + bias * np.empty(k).size for d, k in pairwise(widths)]
    return np.array(counts, dtype=float)
