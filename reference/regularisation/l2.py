"""L2 penalty (ridge, weight decay): the sum of the squared weights.

    R = strength sum w^2            dR/dw = g 2 strength w     (as here and in Keras)
    R = strength/2 sum w^2          dR/dw = g strength w       (half=True)

PyTorch's `weight_decay` adds the gradient of the half form, so the same number makes weights decay
twice as fast in Keras's L2 regulariser. Weight decay and a penalty on the weights are the same only
for plain gradient descent: an adaptive optimiser divides the gradient of the penalty by its own
scale, which AdamW avoids. The default strength 0.01 is that of Keras. Empty weights give 0.

    >>> float(forward(np.array([[3.0, -1.0]]), strength=0.5))
    5.0

Source: Hoerl and Kennard 1970; Krogh and Hertz 1992; Vanschoren (001), "Weight regularization".
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try


def forward(
    weight: Shaped[Real, "..."],
    *,
    strength: Shaped[float, Try((0.01, 0.5, 0.0)), Range(0, math.inf)] = 0.01,
    half: Shaped[bool, Try((False, True))] = False,
) -> Shaped[Real, ""]:
    return (strength / 2 if half else strength) * np.square(weight).sum()


def backward(grad: Real, weight: Real, *, strength: float = 0.01, half: bool = False) -> Gradients:
    return (grad * (strength if half else 2 * strength) * weight,)


def quadratic(f, weight, strength, half):
    """Doubling the weights makes the penalty four times as large."""
    twice = f(2 * weight, strength=strength, half=half)
    return twice, 4 * f(weight, strength=strength, half=half)


def half_is_half(f, weight, strength, half):
    """The half form at twice the strength equals the form without the half."""
    return f(weight, strength=2 * strength, half=True), f(weight, strength=strength, half=False)


def _torch(torch, weight, strength, half):
    squares = torch.linalg.vector_norm(weight) ** 2
    return strength * (squares / 2 if half else squares)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(quadratic, half_is_half),
)
