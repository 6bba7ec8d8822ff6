"""Right ways to write the L2 penalty and its gradient."""

import numpy as np


def with_a_product(weight, *, strength=0.01, half=False):
    flat = np.ravel(weight)
    return strength * (flat @ flat) / (2 if half else 1)


def one_by_one(weight, *, strength=0.01, half=False):
    return sum((0.5 if half else 1.0) * strength * float(w) * float(w) for w in np.ravel(weight))


def twice_by_adding(grad, weight, *, strength=0.01, half=False):
    pull = strength * weight
    return grad * (pull if half else pull + pull)


def in_single_precision(grad, weight, *, strength=0.01, half=False):
    return np.float32(grad * strength * (1 if half else 2)) * np.asarray(weight, dtype=np.float32)
