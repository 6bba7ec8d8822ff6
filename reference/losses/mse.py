"""Mean squared error, over every entry.

    L = (1/N) sum (p - y)^2         (forward, N the number of entries)
    dL/dp = g 2 (p - y) / N         (backward)

`reduction` takes the mean, the sum, which has no 1/N, or none: each entry's own cost. torch divides
by all entries, Keras by the outputs and then by the examples (the same number); lecture 004 calls a
mean over examples of half the sum over outputs by this name, and lecture 003 a plain sum. An empty
batch gives nan, as in torch.

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
    """Too high by one costs what too low by one costs."""
    return f(prediction, target, reduction=reduction), f(target, prediction, reduction=reduction)


def same_for_a_doubled_batch(f, prediction, target, reduction):
    """A batch repeated twice has the same mean."""
    twice = np.concatenate([prediction, prediction]), np.concatenate([target, target])
    return f(*twice), f(prediction, target)


def reductions_agree(f, prediction, target, reduction):
    """The sum adds up the single costs, and the mean divides it by their number."""
    return _reduction.agree(f, prediction, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, prediction, target, reduction: torch.nn.functional.mse_loss(
        prediction, target, reduction=reduction
    ),
    laws=(symmetric, same_for_a_doubled_batch, reductions_agree),
    source="lecture 002",
)
