"""Smooth L1 loss: the absolute error, rounded off with a parabola around zero.

    d = p - y
    c = d^2 / (2 beta) where |d| < beta,   |d| - beta / 2 elsewhere           (cost of an entry)
    L = (1/N) sum c                                        (forward, N the number of entries)
    dL/dp = g min(max(d / beta, -1), 1) / N                (backward; g sign(d) / N for beta = 0)

Its slope is 1 for large errors, whatever beta is; it is `huber` with delta = beta, divided by beta.
For beta = 0 it is the mean absolute error (L1), which has a kink at d = 0: every number from -1 to
1 is a subgradient there, and `at_zero` chooses it. The default 0 is that of PyTorch. For beta > 0
there is no such choice.

Predictions and targets have the same shape. beta is not negative, and 1 by default, as in PyTorch.
Keras has no loss of this name; its MeanAbsoluteError is beta = 0, and its Huber is `huber`.
`reduction` selects the mean, the sum, or none (the cost of each entry). The mean of no entries is
nan.

    >>> forward(np.array([0.25, -3.0]), np.zeros(2), beta=0.5, reduction="none")
    array([0.0625, 2.75  ])

Source: Girshick 2015, eq. 3.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction, huber
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Given, Gradients, Range, Real, Spec, Subgradient, Try, settings_of


def forward(
    prediction: Shaped[Real, "..."],
    target: Shaped[Real, "...", Given()],
    *,
    beta: Shaped[float, Try((1.0, 0.0, 0.25)), Range(0, math.inf)] = 1.0,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    size = np.abs(prediction - target)
    if not beta:
        return reduced(size, reduction)
    share = np.minimum(size / beta, 1)
    return reduced(share * (size - beta * share / 2), reduction)


@settings_of(forward)
def backward(
    grad: Real,
    prediction: Real,
    target: Real,
    *,
    beta: float,
    reduction: str,
    at_zero: Shaped[float, Subgradient(-1.0, 1.0)] = 0.0,
) -> Gradients:
    error = prediction - target
    each = upstream_of_each(grad, prediction.size, reduction)
    if beta:
        return (each * np.minimum(np.maximum(error / beta, -1), 1),)
    sign = each * (error > 0) - each * (error < 0)  # 0 for nan, as in PyTorch
    return (np.where(error == 0, at_zero * each, sign),)


def symmetric(f, prediction, target, **settings):
    """Exchanging predictions and targets changes nothing."""
    return f(prediction, target, **settings), f(target, prediction, **settings)


def scales_with_beta(f, prediction, target, beta, reduction):
    """If errors and beta are three times as large, so is the loss."""
    larger = f(3 * prediction, 3 * target, beta=3 * beta, reduction=reduction)
    return larger, 3 * f(prediction, target, beta=beta, reduction=reduction)


def huber_divided_by_beta(f, prediction, target, beta, reduction):
    """Times beta, it is the Huber loss with this delta."""
    beta = beta + 0.5
    ours = beta * f(prediction, target, beta=beta, reduction=reduction)
    return ours, huber.forward(prediction, target, delta=beta, reduction=reduction)


def absolute_error_without_beta(f, prediction, target, beta, reduction):
    """For beta = 0 it is the absolute error."""
    return f(prediction, target, beta=0.0, reduction="none"), np.abs(prediction - target)


def reductions_agree(f, prediction, target, beta, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, prediction, target, beta=beta)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target, **settings: torch.nn.functional.smooth_l1_loss(
        prediction, target, **settings
    ),
    properties=(
        symmetric,
        scales_with_beta,
        huber_divided_by_beta,
        absolute_error_without_beta,
        reductions_agree,
    ),
)
