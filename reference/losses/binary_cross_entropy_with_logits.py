"""Sigmoid followed by binary cross-entropy, averaged over every entry.

    L = (1/N) sum [max(x, 0) (1 - y) + max(-x, 0) y + log(1 + exp(-|x|))]
                                                           (forward, N the number of entries)
    dL/dx = g (sigmoid(x) (1 - y) - sigmoid(-x) y) / N     (backward)

The gradient is g (sigmoid(x) - y) / N; the longer form keeps its digits where the sigmoid is close
to y = 1. No term of the loss is negative, so no digits cancel. Sigmoid and loss are combined in one
operation because this form never overflows, and never loses log(1 - p) when p is rounded to 1.
Nothing is clamped: a confident wrong answer costs |x|, and its gradient does not vanish, while the
gradient of `binary_cross_entropy` after `sigmoid` does. Logits and targets both have shape (n, k).
`reduction` selects the mean, the sum, or none (the cost of each entry). The mean of an empty batch
is nan. An infinite logit gives nan where the target is 1 for inf, or 0 for -inf, and otherwise inf;
PyTorch gives nan for every -inf. Keras calls this BinaryCrossentropy(from_logits=True).

    >>> forward(np.array([[0, 1000]]), np.array([[1, 0]]), reduction="none").round(4).tolist()
    [[0.6931, 1000.0]]

Source: lecture 002, for the loss; Goodfellow, Bengio, Courville 2016, section 6.2.2.2.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import sigmoid
from reference.losses import _reduction, binary_cross_entropy
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Between, Given, Gradients, Real, Spec


def forward(
    logits: Shaped[Real, "n k"],
    target: Shaped[Real, "n k", Between(0, 1), Given()],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    zero = np.zeros_like(logits)
    wrong = np.maximum(zero, logits) * (1 - target) + np.maximum(zero, -logits) * target
    return reduced(wrong + np.log1p(np.exp(-np.abs(logits))), reduction)


def backward(grad: Real, logits: Real, target: Real, *, reduction: str = "mean") -> Gradients:
    each = upstream_of_each(grad, logits.size, reduction)
    gap = sigmoid.forward(logits) * (1 - target) - sigmoid.forward(-logits) * target
    return (each * gap,)


def blind_to_the_naming(f, logits, target, reduction):
    """Exchanging the two classes, by -logits and 1 - target, changes nothing."""
    swapped = f(-logits, 1 - target, reduction=reduction)
    return swapped, f(logits, target, reduction=reduction)


def cross_entropy_of_the_sigmoid(f, logits, target, reduction):
    """It is the binary cross-entropy of the sigmoid, unless that is rounded to 0 or 1."""
    moderate = 5 * np.tanh(logits)
    apart = binary_cross_entropy.forward(sigmoid.forward(moderate), target, reduction=reduction)
    return f(moderate, target, reduction=reduction), apart


def reductions_agree(f, logits, target, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, logits, target)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, logits, target, reduction: (
        torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction=reduction)
    ),
    properties=(blind_to_the_naming, cross_entropy_of_the_sigmoid, reductions_agree),
)
