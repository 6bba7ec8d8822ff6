"""Categorical cross-entropy of probabilities, averaged over the batch.

    L = -(1/n) sum_i sum_c y[i,c] log p[i,c]               (forward)
    dL/dp = -g y / p / n                                   (backward)

Probabilities and targets both have shape (n, c). Targets are rows of probabilities; one-hot rows
are a special case. log is clamped at -100 and the denominator at 1e-12, so that value and gradient
stay finite at p = 0. The gradient treats the probabilities as independent variables; the softmax
that computes them accounts for their sum of one. `reduction` selects the mean, the sum, or none
(the cost of each example). The mean of an empty batch is nan.

Lectures 002 and 003 write a sum over examples. Lecture 003 calls it the negative cross-entropy, but
the minus is already part of the cross-entropy. Keras takes the mean, after it has rescaled each row
to the sum one and clipped p to [1e-7, 1 - 1e-7]. `cross_entropy` of PyTorch takes logits, not
probabilities.

    >>> round(float(forward(np.array([[0.5, 0.4, 0.1], [0, 0.5, 0.5]]), np.eye(3)[[0, 2]])), 4)
    0.6931

Source: Brajard (003); Bishop 2006, eq. 4.108.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Example, Given, Gradients, Real, Simplex, Spec

LEAST_LOGGED = math.exp(-100)  # so that no logarithm is below -100
LEAST_DIVISOR = 1e-12


def forward(
    probability: Shaped[Real, "n c", Simplex()],
    target: Shaped[Real, "n c", Simplex(), Given()],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    logs = np.log(np.maximum(probability, LEAST_LOGGED))
    return reduced(-(target * logs).sum(axis=1), reduction)


def backward(grad: Real, probability: Real, target: Real, *, reduction: str = "mean") -> Gradients:
    each = np.reshape(upstream_of_each(grad, len(target), reduction), (-1, 1))
    return (-each * target / np.maximum(probability, LEAST_DIVISOR),)


def blind_to_the_order_of_classes(f, probability, target, reduction):
    """Renumbering the classes, in predictions and targets, changes nothing."""
    renumbered = f(probability[:, ::-1], target[:, ::-1], reduction=reduction)
    return renumbered, f(probability, target, reduction=reduction)


def linear_in_the_target(f, probability, target, reduction):
    """The loss for a uniform target is the mean of the losses for the single classes."""
    classes = target.shape[1]
    uniform = (0 * target + 1) / classes
    single = [0 * target + np.eye(classes)[c] for c in range(classes)]
    return f(probability, uniform), sum(f(probability, each) for each in single) / classes


def reductions_agree(f, probability, target, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, probability, target)


def gradients_are_limited(f, probability, target, reduction):
    """For the gradient, a probability below 1e-12 counts as 1e-12."""
    (dprobability,) = backward(1 + 0 * probability.sum(), probability / 10**15, target)
    return len(target) * dprobability, -target / 1e-12


def _torch(torch, probability, target, reduction):
    costs = -torch.special.xlogy(target, probability).sum(dim=1)
    return costs if reduction == "none" else getattr(costs, reduction)()


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        blind_to_the_order_of_classes,
        linear_in_the_target,
        reductions_agree,
        gradients_are_limited,
    ),
    examples=(
        Example(
            inputs={"probability": [[0.1, 0.7, 0.2]], "target": [[0.0, 1.0, 0.0]]},
            prints={"forward": ("0.357",)},
            source="lecture 003, where it is a dog",
        ),
    ),
)
