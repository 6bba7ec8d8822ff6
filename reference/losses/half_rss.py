"""Half the residual sum of squares.

    L = 1/2 sum (p - y)^2           (forward)
    dL/dp = g (p - y)               (backward)

The factor 1/2 cancels the 2 of the derivative. Predictions and targets both have shape (n, k), and
the sum is over all entries. In PyTorch it is `mse_loss` with reduction "sum", divided by 2. An
empty batch gives 0. Lecture 001 prints the gradient as (y - p), which has the opposite sign.
Lecture 004 divides by the number of examples and calls the result MSE; see `mse`.

    >>> float(forward(np.array([[1.0], [4.0]]), np.array([[0.0], [2.0]])))
    2.5

Source: Sennblad (004), "Loss Function".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Given, Gradients, Real, Spec


def forward(
    prediction: Shaped[Real, "n k"], target: Shaped[Real, "n k", Given()]
) -> Shaped[Real, ""]:
    return ((prediction - target) ** 2).sum() / 2


def backward(grad: Real, prediction: Real, target: Real) -> Gradients:
    return (grad * (prediction - target),)


def blind_to_a_common_shift(f, prediction, target):
    """Adding one number to all predictions and targets changes nothing."""
    return f(prediction + 2.5, target + 2.5), f(prediction, target)


def half_the_square(f, prediction, target):
    """Twice the loss is the sum of the squared errors."""
    return 2 * f(prediction, target), np.square(prediction - target).sum()


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target: (
        torch.nn.functional.mse_loss(prediction, target, reduction="sum") / 2
    ),
    properties=(blind_to_a_common_shift, half_the_square),
)
