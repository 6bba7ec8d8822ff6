"""L1 and L2 penalty together (elastic net).

    R = l1 sum |w| + l2 sum w^2                        (forward)
    dR/dw = g (l1 sign(w) + 2 l2 w)                    (backward, g = dL/dR)

The L1 part empties useless weights, the L2 part shares among those that are alike. As in Keras the
squares carry no half; the paper's other parametrisation, a strength and a ratio, writes one. At 0
the choice is that of `l1`.

Source: Zou and Hastie 2005; Vanschoren (001), "Weight regularization".
"""

from typing import Annotated as Shaped

from reference.regularisation import l1 as absolute
from reference.regularisation import l2 as squared
from reference.spec import Gradients, Real, Spec, Subgradient, Try


def forward(
    weight: Shaped[Real, "..."],
    *,
    l1: Shaped[float, Try((0.01, 0.5, 0.0))] = 0.01,
    l2: Shaped[float, Try((0.01, 0.5, 0.0))] = 0.01,
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
    """With one strength at zero the other penalty is left, and the two add up."""
    apart = f(weight, l1=l1, l2=0.0), f(weight, l1=0.0, l2=l2)
    return f(weight, l1=l1, l2=l2), apart[0] + apart[1]


def even(f, weight, l1, l2):
    """Turning the sign of the weights changes nothing."""
    return f(-weight, l1=l1, l2=l2), f(weight, l1=l1, l2=l2)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, weight, l1, l2: l1 * weight.abs().sum() + l2 * weight.pow(2).sum(),
    laws=(either_alone, even),
    source="Zou and Hastie 2005",
)
