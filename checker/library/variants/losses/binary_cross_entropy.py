"""Right ways to write the binary cross-entropy."""

import numpy as np


def by_dot_product(probability, target):
    p, y = np.clip(probability, 1e-12, 1 - 1e-12).ravel(), target.ravel()
    return float(-(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / p.size)


def clamped_logarithm(probability, target):
    with np.errstate(all="ignore"):
        ones, zeros = np.log(probability), np.log(1 - probability)
    floor = np.log(1e-12)
    return -(target * np.maximum(ones, floor) + (1 - target) * np.maximum(zeros, floor)).mean()


def clipped_as_keras_does(probability, target):
    p = np.clip(probability, 1e-7, 1 - 1e-7)
    return -np.mean(target * np.log(p) + (1 - target) * np.log(1 - p))


def two_fractions(grad, probability, target):
    p = np.clip(probability, 1e-12, 1 - 1e-12)
    return (grad * (-target / p + (1 - target) / (1 - p)) / p.size,)


def clipped_gradient(grad, probability, target):
    p = np.clip(probability, 1e-7, 1 - 1e-7)
    return (grad * (p - target) / (p * (1 - p)) / p.size,)
