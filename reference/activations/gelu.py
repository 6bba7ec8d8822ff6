"""Gaussian error linear unit (GELU): the input times the probability of a smaller normal number.

    none    y = x Phi(x)                                       (forward)
            dL/dx = g (Phi(x) + x phi(x))                      (backward, g = dL/dy)
    tanh    y = x sigmoid(z),   z = 2 sqrt(2 / pi) (x + 0.044715 x^3)
            dL/dx = g (sigmoid(z) + x sigmoid'(z) dz/dx)

Phi is the distribution function of the standard normal distribution, `ndtr`, and phi its density.
The second form is an approximation that needs no error function; x sigmoid(z) equals the
x / 2 (1 + tanh(z / 2)) of the paper. They differ by up to 0.0005. PyTorch and Keras have the first
form by default, and the second with approximate="tanh" and approximate=True; GPT-2 and BERT used
the second.

Both forms keep their relative precision for large negative x. PyTorch computes (1 + erf) / 2 and
(1 + tanh) / 2, in which all digits cancel: its result is 0 below -8.4 in float64, and below -5.5 in
float32. inf gives inf. -inf gives nan, as in PyTorch, because it is computed as -inf times 0; the
limit is 0.

    >>> forward(np.array([-1.0, 0.0, 1.0])).round(4)
    array([-0.1587,  0.    ,  0.8413])

Source: Hendrycks and Gimpel 2016, section 2.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.activations import sigmoid
from reference.spec import Convention, Gradients, Real, Spec
from reference.special import density, erf, ndtr

STEEPNESS = 2 * math.sqrt(2 / math.pi)
CUBIC = 0.044715


def forward(
    x: Shaped[Real, "..."],
    *,
    approximate: Shaped[str, Convention(("none", "tanh"))] = "none",
) -> Shaped[Real, "..."]:
    return x * (ndtr(x) if approximate == "none" else sigmoid.forward(_bent(x)))


def backward(grad: Real, x: Real, *, approximate: str = "none") -> Gradients:
    if approximate == "none":
        return (grad * (ndtr(x) + x * density(x)),)
    z, slope = _bent(x), STEEPNESS * (1 + CUBIC * (3 * x**2))
    (rise,) = sigmoid.backward(x * slope, z)
    return (grad * (sigmoid.forward(z) + rise),)


def _bent(x: Real) -> Real:
    return STEEPNESS * (x + CUBIC * x**3)


def splits_in_two(f, x, approximate):
    """The output at x minus the output at -x is x, as for ReLU."""
    return f(x, approximate=approximate) - f(-x, approximate=approximate), x


def half_the_input_and_erf(f, x, approximate):
    """The exact form is x / 2 times 1 + erf(x / sqrt(2))."""
    return f(x, approximate="none"), x / 2 * (1 + erf(x / np.sqrt(2 + 0 * x)))


def half_the_input_and_tanh(f, x, approximate):
    """The approximation is x / 2 times 1 + tanh of a cubic polynomial."""
    return f(x, approximate="tanh"), x / 2 * (1 + np.tanh(STEEPNESS / 2 * (x + CUBIC * x**3)))


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, approximate: torch.nn.functional.gelu(x, approximate=approximate),
    properties=(splits_in_two, half_the_input_and_erf, half_the_input_and_tanh),
)
