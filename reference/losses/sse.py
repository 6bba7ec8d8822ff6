"""Sum of squared errors.

    L = sum (p - y)^2               (forward)
    dL/dp = g 2 (p - y)             (backward)

Predictions and targets both have shape (n, k). Nothing is divided, so the loss and its gradient
grow with the batch. In PyTorch it is `mse_loss` with reduction "sum". An empty batch gives 0.
Lecture 003 writes this formula and later calls it a mean.

    >>> float(forward(np.array([[3.0, 0.0, 0.0], [0.0, -1.0, 0.0]]), np.zeros((2, 3))))
    10.0

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
    """Doubling every error multiplies the loss by four."""
    return f(2 * prediction, 2 * target), 4 * f(prediction, target)


def additive(f, prediction, target):
    """The loss of two batches together is the sum of their losses."""
    joined = np.concatenate([prediction, -prediction]), np.concatenate([target, target])
    return f(*joined), f(prediction, target) + f(-prediction, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target: torch.nn.functional.mse_loss(
        prediction, target, reduction="sum"
    ),
    properties=(quadratic, additive),
)
