"""Binary cross-entropy of probabilities, averaged over every entry.

    L = -(1/N) sum [y log p + (1 - y) log(1 - p)]          (forward, N the number of entries)
    dL/dp = g (p - y) / (p (1 - p)) / N                    (backward)

Probabilities and targets both have shape (n, k), so N = n k. log is clamped at -100 and p (1 - p)
at 1e-12, as in PyTorch; value and gradient stay finite at p = 0 and p = 1. Keras clips p to [1e-7,
1 - 1e-7] instead. `reduction` selects the mean, the sum, or none (the cost of each entry). The mean
of an empty batch is nan, as in PyTorch. Lecture 002 prints the logarithms of y instead of p, and
its derivative lacks the 1/n of its loss; lecture 003 writes a sum, without the brackets that put
both terms under the minus.

    >>> forward(np.array([[0.5, 0.0]]), np.array([[1.0, 1.0]]), reduction="none").round(4)
    array([[  0.6931, 100.    ]])

Source: lecture 002; Bishop 2006, eq. 4.90.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Between, Given, Gradients, Real, Spec

LEAST_LOGARITHM = -100.0
LEAST_VARIANCE = 1e-12


def forward(
    probability: Shaped[Real, "n k", Between(0, 1)],
    target: Shaped[Real, "n k", Between(0, 1), Given()],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    with np.errstate(divide="ignore"):
        one = np.maximum(np.log(np.maximum(probability, 0)), LEAST_LOGARITHM)
        other = np.maximum(np.log1p(np.maximum(-probability, -1)), LEAST_LOGARITHM)
    costs = -(target * one + (1 - target) * other)
    return reduced(costs, reduction)


def backward(grad: Real, probability: Real, target: Real, *, reduction: str = "mean") -> Gradients:
    variance = np.maximum(probability * (1 - probability), LEAST_VARIANCE)
    each = upstream_of_each(grad, probability.size, reduction)
    return (each * (probability - target) / variance,)


def blind_to_the_naming(f, probability, target, reduction):
    """Exchanging the two classes, in predictions and targets, changes nothing."""
    swapped = f(1 - probability, 1 - target, reduction=reduction)
    return swapped, f(probability, target, reduction=reduction)


def same_for_a_doubled_batch(f, probability, target, reduction):
    """Repeating all examples of a batch does not change the mean."""
    twice = np.concatenate([probability, probability]), np.concatenate([target, target])
    return f(*twice), f(probability, target)


def reductions_agree(f, probability, target, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, probability, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, probability, target, reduction: torch.nn.functional.binary_cross_entropy(
        probability, target, reduction=reduction
    ),
    properties=(blind_to_the_naming, same_for_a_doubled_batch, reductions_agree),
)
