"""Swish: the input times a sigmoid of the input.

    y = x s,   s = sigmoid(b x)                        (forward)
    dL/dx = g (s + b x s (1 - s))                      (backward, g = dL/dy)

For b = 1, the default here and the only form in PyTorch and Keras, it is also called SiLU. For
b = 0 it is x / 2, and for large b it approaches ReLU. In the paper b may also be learned; here it
is a setting. Unlike ReLU it has negative values, down to about -0.278 / b. For b > 0, inf gives
inf. -inf gives nan, as in PyTorch, because it is computed as -inf times 0; the limit is 0.

    >>> forward(np.array([-1.0, 0.0, 1.0])).round(4)
    array([-0.2689,  0.    ,  0.7311])

Source: Ramachandran, Zoph, Le 2017; Brajard (003) shows its graph.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import sigmoid
from reference.spec import Gradients, Range, Real, Spec, Try


def forward(
    x: Shaped[Real, "..."], *, beta: Shaped[float, Try((1.0, 0.0, 0.5, 2.0)), Range(0, 10)] = 1.0
) -> Shaped[Real, "..."]:
    return x * sigmoid.forward(beta * x)


def backward(grad: Real, x: Real, *, beta: float = 1.0) -> Gradients:
    z = beta * x
    decay = np.exp(-np.abs(z))
    tail = decay / (1 + decay)  # the smaller one of s and 1 - s, which keeps its digits
    return (grad * (np.abs((z > 0) - tail) + z * (tail * (1 - tail))),)


def splits_in_two(f, x, beta):
    """The output at x minus the output at -x is x, as for ReLU."""
    return f(x, beta=beta) - f(-x, beta=beta), x


def scaled_silu(f, x, beta):
    """The output at x, times b, is the output of SiLU (b = 1) at b x."""
    return beta * f(x, beta=beta), f(beta * x, beta=1.0)


def half_the_input_and_tanh(f, x, beta):
    """The output is x / 2 times 1 + tanh(b x / 2)."""
    return f(x, beta=beta), x / 2 * (1 + np.tanh(beta * x / 2))


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, beta: (
        torch.nn.functional.silu(beta * x) / beta if beta else x * torch.sigmoid(beta * x)
    ),
    properties=(splits_in_two, scaled_silu, half_the_input_and_tanh),
)
