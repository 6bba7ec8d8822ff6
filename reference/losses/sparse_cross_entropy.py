"""Categorical cross-entropy of probabilities, for targets given as labels.

    L = -(1/n) sum_i log p[i, y_i]                         (forward)
    dL/dp[i, y_i] = -g / p[i, y_i] / n,  0 elsewhere       (backward)

This is the cross-entropy of the one-hot targets, computed without building them. Keras calls it
sparse; PyTorch calls it `nll_loss`, whose input is log p. Probabilities have shape (n, c) and
labels (n,). Labels count from 0; lecture 001 numbers them from 1 in its text. A label that is not
in range(c) raises IndexError. At p = 0, values and gradients are clamped as in `cross_entropy`.
`reduction` selects the mean, the sum, or none (the cost of each example). The mean of an empty
batch is nan.

    >>> round(float(forward(np.array([[0.2, 0.5, 0.3], [0.5, 0.5, 0]]), np.array([1, 0]))), 4)
    0.6931

Source: Vanschoren (001), "Choosing loss, optimizer, metrics"; Bishop 2006, eq. 4.108.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.losses import _reduction, cross_entropy
from reference.losses._labels import places
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Below, Gradients, Index, Real, Simplex, Spec


def forward(
    probability: Shaped[Real, "n c", Simplex()],
    labels: Shaped[Index, "n", Below("c")],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    count, classes = probability.shape
    if labels.shape != (count,):
        raise ValueError(f"{count} rows need as many labels, not {len(labels)}")
    of_the_truth = probability[np.arange(count), places(labels, classes)]
    return reduced(-np.log(np.maximum(of_the_truth, cross_entropy.LEAST_LOGGED)), reduction)


def backward(grad: Real, probability: Real, labels: Index, *, reduction: str = "mean") -> Gradients:
    each = np.reshape(upstream_of_each(grad, len(labels), reduction), (-1, 1))
    classes = probability.shape[1]
    truth = np.eye(classes, dtype=probability.dtype)[places(labels, classes)]
    return (-each * truth / np.maximum(probability, cross_entropy.LEAST_DIVISOR),)


def cross_entropy_of_one_hot_targets(f, probability, labels, reduction):
    """It equals the cross-entropy of the one-hot targets."""
    target = np.eye(probability.shape[1])[labels]
    dense = cross_entropy.forward(probability, target, reduction=reduction)
    return f(probability, labels, reduction=reduction), dense


def blind_to_the_other_classes(f, probability, labels, reduction):
    """The probabilities of the wrong classes have no influence."""
    truth = np.eye(probability.shape[1])[labels]
    emptied = probability * truth
    return f(emptied, labels, reduction=reduction), f(probability, labels, reduction=reduction)


def reductions_agree(f, probability, labels, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, probability, labels)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, probability, labels, reduction: torch.nn.functional.nll_loss(
        torch.log(probability), labels, reduction=reduction
    ),
    properties=(cross_entropy_of_one_hot_targets, blind_to_the_other_classes, reductions_agree),
)
