"""Categorical cross-entropy of probabilities, for targets given as labels.

    L = -(1/n) sum_i log p[i, y_i]                         (forward)
    dL/dp[i, y_i] = -g / p[i, y_i] / n,  0 elsewhere       (backward)

The cross-entropy of the one-hot targets, without building them: Keras calls it sparse, torch calls
it nll_loss and wants log p. Labels count from 0; lecture 001 numbers them from 1 in its text. The
clamps at p = 0 are those of `cross_entropy`. `reduction` takes the mean, the sum, or none: each
example's own cost.

Source: Vanschoren (001), "Choosing loss, optimizer, metrics"; Bishop 2006, eq. 4.108.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction, cross_entropy
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Below, Gradients, Index, Real, Simplex, Spec


def forward(
    probability: Shaped[Real, "n c", Simplex()],
    labels: Shaped[Index, "n", Below("c")],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    of_the_truth = probability[np.arange(len(labels)), labels]
    return reduced(-np.log(np.maximum(of_the_truth, cross_entropy.LEAST_LOGGED)), reduction)


def backward(grad: Real, probability: Real, labels: Index, *, reduction: str = "mean") -> Gradients:
    each = np.reshape(upstream_of_each(grad, len(labels), reduction), (-1, 1))
    truth = np.eye(probability.shape[1], dtype=probability.dtype)[labels]
    return (-each * truth / np.maximum(probability, cross_entropy.LEAST_DIVISOR),)


def cross_entropy_of_one_hot_targets(f, probability, labels, reduction):
    """It is the cross-entropy of the one-hot targets."""
    target = np.eye(probability.shape[1])[labels]
    dense = cross_entropy.forward(probability, target, reduction=reduction)
    return f(probability, labels, reduction=reduction), dense


def blind_to_the_other_classes(f, probability, labels, reduction):
    """How the rest of the probability is shared among the other classes does not matter."""
    truth = np.eye(probability.shape[1])[labels]
    emptied = probability * truth
    return f(emptied, labels, reduction=reduction), f(probability, labels, reduction=reduction)


def reductions_agree(f, probability, labels, reduction):
    """The sum adds up the single costs, and the mean divides it by their number."""
    return _reduction.agree(f, probability, labels)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, probability, labels, reduction: torch.nn.functional.nll_loss(
        torch.log(probability), labels, reduction=reduction
    ),
    laws=(cross_entropy_of_one_hot_targets, blind_to_the_other_classes, reductions_agree),
    source="Bishop 2006, 4.108",
)
