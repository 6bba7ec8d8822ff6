"""Mean squared error, over every entry.

    L = (1/N) sum (p - y)^2         (forward, N the number of entries)
    dL/dp = g 2 (p - y) / N         (backward)

torch divides by all entries, Keras by the outputs and then by the examples (the same number);
lecture 004 calls a mean over examples of half the sum over outputs by this name, and lecture 003
a plain sum. An empty batch gives nan, as in torch.

Source: lecture 002.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Given, Gradients, Real, Spec


def forward(
    prediction: Shaped[Real, "n k"], target: Shaped[Real, "n k", Given()]
) -> Shaped[Real, ""]:
    return ((prediction - target) ** 2).mean()


def backward(grad: Real, prediction: Real, target: Real) -> Gradients:
    return (grad * 2 * (prediction - target) / prediction.size,)


def symmetric(f, prediction, target):
    """Too high by one costs what too low by one costs."""
    return f(prediction, target), f(target, prediction)


def same_for_a_doubled_batch(f, prediction, target):
    """A batch repeated twice has the same mean."""
    twice = np.concatenate([prediction, prediction]), np.concatenate([target, target])
    return f(*twice), f(prediction, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target: torch.nn.functional.mse_loss(prediction, target),
    laws=(symmetric, same_for_a_doubled_batch),
    source="lecture 002",
)
