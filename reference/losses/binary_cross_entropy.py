"""Binary cross-entropy of probabilities, averaged over every entry.

    L = -(1/N) sum [y log p + (1 - y) log(1 - p)]          (forward, N the number of entries)
    dL/dp = g (p - y) / (p (1 - p)) / N                    (backward)

log is clamped at -100 and p (1 - p) at 1e-12, as torch does it: value and gradient stay finite
at p = 0 and p = 1. Keras clips p to [1e-7, 1 - 1e-7] instead. Lecture 002 prints the logarithms
of y instead of p, and its derivative without the 1/n of its loss; lecture 003 writes a sum.
`reduction` takes the mean, the sum, or none: each entry's own cost.

Source: lecture 002; Bishop 2006, eq. 4.90.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Between, Given, Gradients, Real, Spec

LEAST_PROBABILITY = math.exp(-100)  # so that no logarithm is below -100
LEAST_VARIANCE = 1e-12


def forward(
    probability: Shaped[Real, "n k", Between(0, 1)],
    target: Shaped[Real, "n k", Between(0, 1), Given()],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    costs = -(target * _log(probability) + (1 - target) * _log(1 - probability))
    return reduced(costs, reduction)


def backward(grad: Real, probability: Real, target: Real, *, reduction: str = "mean") -> Gradients:
    variance = np.maximum(probability * (1 - probability), LEAST_VARIANCE)
    each = upstream_of_each(grad, probability.size, reduction)
    return (each * (probability - target) / variance,)


def _log(p: Real) -> Real:
    return np.log(np.maximum(p, LEAST_PROBABILITY))


def blind_to_the_naming(f, probability, target, reduction):
    """Swapping the two classes, in prediction and target, changes nothing."""
    swapped = f(1 - probability, 1 - target, reduction=reduction)
    return swapped, f(probability, target, reduction=reduction)


def same_for_a_doubled_batch(f, probability, target, reduction):
    """A batch repeated twice has the same mean."""
    twice = np.concatenate([probability, probability]), np.concatenate([target, target])
    return f(*twice), f(probability, target)


def reductions_agree(f, probability, target, reduction):
    """The sum adds up the single costs, and the mean divides it by their number."""
    return _reduction.agree(f, probability, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, probability, target, reduction: torch.nn.functional.binary_cross_entropy(
        probability, target, reduction=reduction
    ),
    laws=(blind_to_the_naming, same_for_a_doubled_batch, reductions_agree),
    source="Bishop 2006, 4.90",
)
