"""Right ways to write both penalties at once."""

import numpy as np


def in_one_sum(weight, *, l1=0.01, l2=0.01):
    size = np.abs(weight)
    return np.sum(size * (l1 + l2 * size))


def with_norms(weight, *, l1=0.01, l2=0.01):
    flat = np.ravel(weight)
    return l1 * np.linalg.norm(flat, 1) + l2 * np.linalg.norm(flat) ** 2


def pull_and_decay(grad, weight, *, l1=0.01, l2=0.01):
    return grad * l1 * np.sign(weight) + grad * l2 * 2 * weight


def by_cases(grad, weight, *, l1=0.01, l2=0.01):
    return grad * (np.where(weight < 0, -l1, np.where(weight > 0, l1, 0.0)) + 2 * l2 * weight)
