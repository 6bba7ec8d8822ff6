"""Mutants of the Welsch loss."""

import numpy as np


def half_forgotten(prediction, target):
    """The square is not halved in the exponent.

    What should the loss be for a small error d: d^2, or half of it?
    """
    return (1 - np.exp(-((prediction - target) ** 2))).mean()


def upside_down(prediction, target):
    """The power is not subtracted from 1: a perfect prediction costs most.

    What does your function return if all predictions are right?
    """
    return np.exp(-((prediction - target) ** 2) / 2).mean()


def outliers_pull(grad, prediction, target):
    """The slope is the error itself: an outlier pulls as hard as with the squared error.

    Where is the power of e in your derivative?
    """
    return (grad * (prediction - target) / prediction.size,)
