"""L1 and L2 penalty together (elastic net).

    R = l1 sum |w| + l2 sum w^2                        (forward)
    dR/dw = g (l1 sign(w) + 2 l2 w)                    (backward, g = dL/dR)

The L1 part makes useless weights exactly 0; the L2 part gives similar weights to similar inputs. As
in Keras, the squares have no factor 1/2, and both default strengths are 0.01; scikit-learn's
parametrisation, by a strength and a ratio, has the factor. At 0, the subgradient is that of `l1`.

    >>> round(float(forward(-3.0, l1=0.5, l2=0.1)), 4)
    2.4

Source: Zou and Hastie 2005; Vanschoren (001), "Weight regularization".
"""

import math
from typing import Annotated as Shaped

from reference.regularisation import l1 as absolute
from reference.regularisation import l2 as squared
from reference.spec import Gradients, Range, Real, Spec, Subgradient, Try


def forward(
    weight: Shaped[Real, "..."],
    *,
    l1: Shaped[float, Try((0.01, 0.5, 0.0)), Range(0, math.inf)] = 0.01,
    l2: Shaped[float, Try((0.01, 0.5, 0.0)), Range(0, math.inf)] = 0.01,
) -> Shaped[Real, ""]:
    return absolute.forward(weight, strength=l1) + squared.forward(weight, strength=l2)


def backward(
    grad: Real,
    weight: Real,
    *,
    l1: float = 0.01,
    l2: float = 0.01,
    at_zero: Shaped[float, Subgradient(-1.0, 1.0)] = 0.0,
) -> Gradients:
    (pull,) = absolute.backward(grad, weight, strength=l1, at_zero=at_zero)
    (decay,) = squared.backward(grad, weight, strength=l2)
    return (pull + decay,)


def either_alone(f, weight, l1, l2):
    """The penalty is the sum of the L1 penalty alone and the L2 penalty alone."""
    apart = f(weight, l1=l1, l2=0.0), f(weight, l1=0.0, l2=l2)
    return f(weight, l1=l1, l2=l2), apart[0] + apart[1]


def even(f, weight, l1, l2):
    """Changing the sign of the weights changes nothing."""
    return f(-weight, l1=l1, l2=l2), f(weight, l1=l1, l2=l2)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, weight, l1, l2: l1 * weight.abs().sum() + l2 * weight.pow(2).sum(),
    properties=(either_alone, even),
)
