"""A neuron without bias: an activation of the weighted sum of its inputs.

    y_n = f(sum_j x_nj w_j)                                    (forward)
    d_n = g_n f'(z_n),  dL/dx = d w^T,  dL/dw = x^T d          (backward, g = dL/dy)

`x` has shape (n, d) and `weight` (d,). The decision boundary passes through the origin, whatever
the weights are; only a bias can move it away. The first example of lecture 000, with two weights
and a sigmoid, is of this kind.

    >>> import numpy as np
    >>> forward(np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 0.0]]), np.array([2.0, -1.0])).round(4)
    array([0.5   , 0.9991, 0.5   ])

Source: lecture 000, "Computing activation".
"""

from typing import Annotated as Shaped

from reference.activations._margin import clear_of_zero
from reference.linear import neuron
from reference.spec import Gradients, Real, Spec, Subgradient, Try


def forward(
    x: Shaped[Real, "n d"],
    weight: Shaped[Real, "d"],
    *,
    activation: Shaped[str, Try(tuple(neuron.ACTIVATIONS))] = "sigmoid",
) -> Shaped[Real, "n"]:
    return neuron.ACTIVATIONS[activation].forward(x @ weight)


def backward(
    grad: Real,
    x: Real,
    weight: Real,
    *,
    activation: str = "sigmoid",
    at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0,
) -> Gradients:
    choice = {"at_zero": at_zero} if activation == "relu" else {}
    (d,) = neuron.ACTIVATIONS[activation].backward(grad, x @ weight, **choice)
    return d[:, None] * weight, x.T @ d


def a_bias_of_zero(f, x, weight, activation):
    """The result is that of a neuron whose bias is zero."""
    biased = neuron.forward(x, weight, 0 * weight.sum(), activation=activation)
    return f(x, weight, activation=activation), biased


def undecided_at_the_origin(f, x, weight, activation):
    """With the sigmoid, an input of zeros gives 1/2, whatever the weights are."""
    return f(0 * x, weight, activation="sigmoid"), 0 * (x @ weight) + 1 / 2


def only_the_product_counts(f, x, weight, activation):
    """Doubling the inputs has the same effect as doubling the weights."""
    return f(2 * x, weight, activation=activation), f(x, 2 * weight, activation=activation)


def _torch(torch, x, weight, activation):
    bent = torch.nn.Identity() if activation == "identity" else getattr(torch, activation)
    return bent(torch.nn.functional.linear(x, weight[None]))[:, 0]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(a_bias_of_zero, undecided_at_the_origin, only_the_product_counts),
    possible=lambda x, weight, activation: activation != "relu" or clear_of_zero(x, weight, 0.0),
)
