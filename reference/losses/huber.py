"""Huber loss: squared errors for small errors, and absolute errors for large ones.

    d = p - y
    c = d^2 / 2 where |d| <= delta,   delta (|d| - delta / 2) elsewhere       (cost of an entry)
    L = (1/N) sum w c                                      (forward, N the number of entries)
    dL/dp = g w min(max(d, -delta), delta) / N             (backward)

Both pieces are m (|d| - m / 2), where m is the smaller one of |d| and delta. They and their slopes
agree at |d| = delta, so there is no kink. The gradient of one entry is at most delta, so that an
outlier has no more influence than any large error. `smooth_l1` is this loss divided by its delta.

Predictions and targets have the same shape. delta is positive, and 1 by default, as in PyTorch and
Keras. `weight` has the same shape or is None; it multiplies the costs, and the mean is still
divided by N, as in PyTorch, not by the sum of the weights. `reduction` selects the mean, the sum,
or none (the cost of each entry). The mean of no entries is nan.

    >>> forward(np.array([0.5, -3.0]), np.zeros(2), None, reduction="none")
    array([0.125, 2.5  ])

Source: Huber 1964; Hastie, Tibshirani, Friedman 2009, eq. 10.23.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Between, Given, Gradients, Maybe, Range, Real, Spec, Try, settings_of


def forward(
    prediction: Shaped[Real, "..."],
    target: Shaped[Real, "...", Given()],
    weight: Shaped[Real | None, "...", Between(0, 3), Given(), Maybe()] = None,
    *,
    delta: Shaped[float, Try((1.0, 0.5, 2.0)), Range(0, math.inf)] = 1.0,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    size = np.abs(prediction - target)
    small = np.minimum(size, delta)
    costs = small * (size - small / 2)
    return reduced(costs if weight is None else weight * costs, reduction)


@settings_of(forward)
def backward(
    grad: Real,
    prediction: Real,
    target: Real,
    weight: Real | None = None,
    *,
    delta: float,
    reduction: str,
) -> Gradients:
    each = upstream_of_each(grad, prediction.size, reduction)
    slope = np.minimum(np.maximum(prediction - target, -delta), delta)
    return (each * slope if weight is None else each * weight * slope,)


def symmetric(f, prediction, target, weight, **settings):
    """Exchanging predictions and targets changes nothing."""
    return f(prediction, target, weight, **settings), f(target, prediction, weight, **settings)


def scales_with_delta(f, prediction, target, weight, delta, reduction):
    """If errors and delta are three times as large, the loss is nine times as large."""
    larger = f(3 * prediction, 3 * target, weight, delta=3 * delta, reduction=reduction)
    return larger, 9 * f(prediction, target, weight, delta=delta, reduction=reduction)


def half_the_square_below_delta(f, prediction, target, weight, delta, reduction):
    """If delta is larger than every error, the cost is half the square of the error."""
    error = prediction - target
    largest = 1 + float(np.abs(error).max(initial=0))
    return f(prediction, target, delta=largest, reduction="none"), error**2 / 2


def weights_multiply_the_costs(f, prediction, target, weight, delta, reduction):
    """The mean of weighted costs is the mean of the products, whatever the weights add up to."""
    if weight is None:
        weight = 2 + 0 * target
    costs = f(prediction, target, delta=delta, reduction="none")
    return f(prediction, target, weight, delta=delta), (weight * costs).mean()


def reductions_agree(f, prediction, target, weight, delta, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, prediction, target, weight, delta=delta)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target, weight, **settings: torch.nn.functional.huber_loss(
        prediction, target, weight=weight, **settings
    ),
    properties=(
        symmetric,
        scales_with_delta,
        half_the_square_below_delta,
        weights_multiply_the_costs,
        reductions_agree,
    ),
)
