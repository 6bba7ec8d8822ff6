"""Right ways to write the sum of squared errors."""

import numpy as np


def dot_product(prediction, target):
    return np.vdot(prediction - target, prediction - target)


def by_einsum(prediction, target):
    return np.einsum("ij,ij->", prediction - target, prediction - target)


def norm_squared(prediction, target):
    return np.linalg.norm(prediction - target) ** 2


def two_terms(grad, prediction, target):
    return (grad * (2 * prediction - 2 * target),)


def error_twice(grad, prediction, target):
    error = prediction - target
    return (grad * (error + error),)
