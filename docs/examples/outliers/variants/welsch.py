"""Other right ways to write the Welsch loss."""

import numpy as np


def in_a_loop(prediction, target):
    errors = np.ravel(prediction - target)
    return np.array(sum(-np.expm1(-error * error / 2) for error in errors) / len(errors))


def power_of_the_half(grad, prediction, target):
    error = prediction - target
    return (grad * error * np.exp(-((error / 2) ** 2)) ** 2 / error.size,)
