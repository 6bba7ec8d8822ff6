"""Half the residual sum of squares.

    L = 1/2 sum (p - y)^2           (forward)
    dL/dp = g (p - y)               (backward)

The half is there to cancel the 2 of the derivative. Lecture 001 prints the gradient as (y - p),
with the sign of the other direction.

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
    """Only the difference counts: moving prediction and target together changes nothing."""
    return f(prediction + 2.5, target + 2.5), f(prediction, target)


def half_the_square(f, prediction, target):
    """It is half of what the squared distance is."""
    return 2 * f(prediction, target), np.square(prediction - target).sum()


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target: (
        torch.nn.functional.mse_loss(prediction, target, reduction="sum") / 2
    ),
    laws=(blind_to_a_common_shift, half_the_square),
    source="Sennblad (004)",
)
