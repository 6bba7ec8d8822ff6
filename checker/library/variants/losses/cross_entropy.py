"""Right ways to write the categorical cross-entropy."""

import numpy as np


def by_einsum(probability, target):
    logs = np.log(np.clip(probability, 1e-12, 1))
    return -np.einsum("ij,ij->", target, logs) / len(target)


def by_trace(probability, target):
    logs = np.log(np.clip(probability, 1e-7, 1))
    return float(-np.trace(target @ logs.T) / len(target))


def only_where_it_counts(probability, target):
    counts = target > 0
    return -(target[counts] * np.log(np.maximum(probability[counts], 1e-12))).sum() / len(target)


def chosen_by_where(grad, probability, target):
    p = np.clip(probability, 1e-12, 1)
    return (grad * np.where(target > 0, -target / p, 0) / len(p),)


def filled_in(grad, probability, target):
    result = np.zeros_like(probability)
    at = target > 0
    result[at] = -target[at] / np.maximum(probability[at], 1e-7) / len(target)
    return (grad * result,)
