"""Right ways to write the mean squared error."""

import numpy as np


def average(prediction, target):
    return float(np.average((prediction - target) ** 2))


def mean_of_means(prediction, target):
    return ((prediction - target) ** 2).mean(axis=-1).mean()


def dot_product(prediction, target):
    error = (prediction - target).ravel()
    return error @ error / error.size


def array_without_axes(prediction, target):
    return np.array(((target - prediction) ** 2).mean())


def array_of_one(prediction, target):
    return np.array([((target - prediction) ** 2).mean()])


def in_its_own_buffer(grad, prediction, target):
    result = prediction - target
    result *= 2
    result /= prediction.size
    return (grad * result,)


def fortran_order(grad, prediction, target):
    return (np.asfortranarray(grad * 2 * (prediction - target) / target.size),)


def entry_by_entry(grad, prediction, target):
    n = prediction.size
    return (
        np.array(
            [
                [grad * 2 * (a - b) / n for a, b in zip(row, wanted, strict=True)]
                for row, wanted in zip(prediction, target, strict=True)
            ]
        ),
    )
