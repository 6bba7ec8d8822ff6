"""Categorical cross-entropy of probabilities, averaged over the batch.

    L = -(1/n) sum_i sum_c y[i,c] log p[i,c]               (forward)
    dL/dp = -g y / p / n                                   (backward)

Targets are rows of probabilities, one-hot as a special case. log is clamped at -100 and the
denominator at 1e-12, so that value and gradient stay finite at p = 0. The gradient treats the
probabilities as free: that they sum to one is the business of the softmax below. Lectures 002
and 003 write a sum over examples; Keras takes the mean.

Source: Brajard (003); Bishop 2006, eq. 4.108.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Given, Gradients, Real, Simplex, Spec

LEAST_LOGGED = math.exp(-100)  # so that no logarithm is below -100
LEAST_DIVISOR = 1e-12


def forward(
    probability: Shaped[Real, "n c", Simplex()], target: Shaped[Real, "n c", Simplex(), Given()]
) -> Shaped[Real, ""]:
    logs = np.log(np.maximum(probability, LEAST_LOGGED))
    return -(target * logs).sum(axis=1).mean()


def backward(grad: Real, probability: Real, target: Real) -> Gradients:
    return (-grad * target / np.maximum(probability, LEAST_DIVISOR) / len(target),)


def blind_to_the_order_of_classes(f, probability, target):
    """Renumbering the classes changes nothing."""
    return f(probability[:, ::-1], target[:, ::-1]), f(probability, target)


def linear_in_the_target(f, probability, target):
    """A uniform target costs the mean of what the single classes cost."""
    classes = target.shape[1]
    uniform = 0 * target + 1 / classes
    single = [0 * target + np.eye(classes)[c] for c in range(classes)]
    return f(probability, uniform), sum(f(probability, each) for each in single) / classes


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, probability, target: (
        -(torch.special.xlogy(target, probability).sum(dim=1).mean())
    ),
    laws=(blind_to_the_order_of_classes, linear_in_the_target),
    source="Bishop 2006, 4.108",
)
