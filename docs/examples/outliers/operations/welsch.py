"""Welsch loss: half the squared error near zero, and at most 1, however large the error.

    d = p - y
    L = (1/N) sum (1 - exp(-d^2 / 2))          (forward, N the number of entries)
    dL/dp = g d exp(-d^2 / 2) / N              (backward)

    >>> float(forward(np.array([0.0, 1e9]), np.zeros(2)))
    0.5

Source: Dennis and Welsch 1978.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Given, Gradients, Real, Spec


def forward(
    prediction: Shaped[Real, "..."], target: Shaped[Real, "...", Given()]
) -> Shaped[Real, ""]:
    error = prediction - target
    return (-np.expm1(-error * error / 2)).mean()


def backward(grad: Real, prediction: Real, target: Real) -> Gradients:
    error = prediction - target
    return (grad * error * np.exp(-error * error / 2) / error.size,)


def symmetric(f, prediction, target):
    """Exchanging predictions and targets changes nothing."""
    return f(prediction, target), f(target, prediction)


def moved(f, prediction, target):
    """Only the differences count: moving everything by 4 changes nothing."""
    return f(prediction + 4, target + 4), f(prediction, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch="PyTorch has no such loss",
    properties=(symmetric, moved),
)
