"""Sum of squared errors.

    L = sum (p - y)^2               (forward)
    dL/dp = g 2 (p - y)             (backward)

Nothing is divided, so the loss and its gradient grow with the batch. Lecture 003 writes it with
this formula and later calls it a mean.

Source: Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Given, Gradients, Real, Spec


def forward(
    prediction: Shaped[Real, "n k"], target: Shaped[Real, "n k", Given()]
) -> Shaped[Real, ""]:
    return ((prediction - target) ** 2).sum()


def backward(grad: Real, prediction: Real, target: Real) -> Gradients:
    return (grad * 2 * (prediction - target),)


def quadratic(f, prediction, target):
    """Twice the error costs four times as much."""
    return f(2 * prediction, 2 * target), 4 * f(prediction, target)


def additive(f, prediction, target):
    """Two batches together cost the sum of their costs."""
    joined = np.concatenate([prediction, -prediction]), np.concatenate([target, target])
    return f(*joined), f(prediction, target) + f(-prediction, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target: torch.nn.functional.mse_loss(
        prediction, target, reduction="sum"
    ),
    laws=(quadratic, additive),
    source="Brajard (003)",
)
