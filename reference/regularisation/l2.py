"""L2 penalty (ridge, weight decay): the sum of the squared weights.

    R = strength sum w^2            dR/dw = g 2 strength w     (as here and in Keras)
    R = strength/2 sum w^2          dR/dw = g strength w       (half=True)

The half form is what torch's `weight_decay` adds to the gradient, so the same number decays twice
as fast in Keras. Decay of the weights and a penalty on them are the same thing for plain gradient
descent only: an adaptive optimiser divides the penalty's gradient by its own scale, which AdamW
avoids. The default strength 0.01 is Keras's.

Source: Hoerl and Kennard 1970; Krogh and Hertz 1992; Vanschoren (001), "Weight regularization".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Try


def forward(
    weight: Shaped[Real, "..."],
    *,
    strength: Shaped[float, Try((0.01, 0.5))] = 0.01,
    half: Shaped[bool, Try((False, True))] = False,
) -> Shaped[Real, ""]:
    return (strength / 2 if half else strength) * np.square(weight).sum()


def backward(grad: Real, weight: Real, *, strength: float = 0.01, half: bool = False) -> Gradients:
    return (grad * (strength if half else 2 * strength) * weight,)


def quadratic(f, weight, strength, half):
    """Twice the weights cost four times as much."""
    twice = f(2 * weight, strength=strength, half=half)
    return twice, 4 * f(weight, strength=strength, half=half)


def half_is_half(f, weight, strength, half):
    """The form with the half at twice the strength is the form without."""
    return f(weight, strength=2 * strength, half=True), f(weight, strength=strength, half=False)


def _torch(torch, weight, strength, half):
    squares = torch.linalg.vector_norm(weight) ** 2
    return strength * (squares / 2 if half else squares)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    laws=(quadratic, half_is_half),
    source="Krogh and Hertz 1992",
)
