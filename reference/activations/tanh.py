"""Hyperbolic tangent.

    y = (e^x - e^-x) / (e^x + e^-x)     (forward)
    dL/dx = g (1 - y^2)                 (backward, g = dL/dy)

The quotient overflows for |x| of 710 and more. The form 2 / (1 + e^-2x) - 1 of lecture 001 does not
fail there, but loses the digits of small x to cancellation. numpy's tanh has neither problem. The
slope 1 - y^2 is computed as 4 e / (1 + e)^2 with e = exp(-2|x|), because y is rounded to 1 for |x|
above 19. -inf gives -1 and inf gives 1. The values lie around 0, which lecture 001 calls better for
the convergence of gradient descent.

    >>> forward(np.array([-1.0, 0.0, 20.0])).round(4)
    array([-0.7616,  0.    ,  1.    ])

Source: Vanschoren (001), "activation functions".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    return np.tanh(x)


def backward(grad: Real, x: Real) -> Gradients:
    decay = np.exp(-2 * np.abs(x))
    return (grad * 4 * decay / (1 + decay) ** 2,)


def odd(f, x):
    """The output at -x is minus the output at x."""
    return f(-x), -f(x)


def stretched_sigmoid(f, x):
    """The output is 2 / (1 + e^-2x) - 1, a sigmoid scaled and shifted to (-1, 1)."""
    decay = np.exp(-2 * np.abs(x))
    return f(x), np.sign(x) * (2 / (1 + decay) - 1)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.tanh(x),
    properties=(odd, stretched_sigmoid),
)
