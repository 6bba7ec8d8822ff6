"""Mean squared error, over every entry.

    L = (1/N) sum (p - y)^2         (forward, N the number of entries)
    dL/dp = g 2 (p - y) / N         (backward)

Predictions and targets both have shape (n, k), so N = n k. `reduction` selects the mean, the sum
(which has no 1/N), or none (the cost of each entry). PyTorch divides by the number of entries;
Keras averages over the outputs and then over the examples, which gives the same number. Lecture 004
uses this name for a mean over examples of half the sum over outputs, and lecture 003 for a plain
sum. The mean of an empty batch is nan, as in PyTorch.

    >>> float(forward(np.array([[3.0, 0.0, 0.0], [0.0, 0.0, 0.0]]), np.zeros((2, 3))))
    1.5

Source: lecture 002.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Given, Gradients, Real, Spec


def forward(
    prediction: Shaped[Real, "n k"],
    target: Shaped[Real, "n k", Given()],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    return reduced((prediction - target) ** 2, reduction)


def backward(grad: Real, prediction: Real, target: Real, *, reduction: str = "mean") -> Gradients:
    each = upstream_of_each(grad, prediction.size, reduction)
    return (each * 2 * (prediction - target),)


def symmetric(f, prediction, target, reduction):
    """Exchanging predictions and targets changes nothing."""
    return f(prediction, target, reduction=reduction), f(target, prediction, reduction=reduction)


def same_for_a_doubled_batch(f, prediction, target, reduction):
    """Repeating all examples of a batch does not change the mean."""
    twice = np.concatenate([prediction, prediction]), np.concatenate([target, target])
    return f(*twice), f(prediction, target)


def reductions_agree(f, prediction, target, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, prediction, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target, reduction: torch.nn.functional.mse_loss(
        prediction, target, reduction=reduction
    ),
    properties=(symmetric, same_for_a_doubled_batch, reductions_agree),
)
