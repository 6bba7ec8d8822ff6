"""A neuron: an activation of the weighted sum of its inputs, for a batch of examples.

    z_n = sum_j x_nj w_j + b,   y_n = f(z_n)                   (forward)
    d_n = g_n f'(z_n)                                          (backward, g = dL/dy)
    dL/dx = d w^T,  dL/dw = x^T d,  dL/db = sum_n d_n

`x` has shape (n, d), `weight` (d,) and `bias` is a scalar. With the identity a neuron is linear
regression, with the sigmoid logistic regression, and with a step the perceptron, which has no
gradient to learn from. Lecture 001 writes the bias as the weight w0 of an input that is always 1.
At the kink of ReLU, `at_zero` chooses the derivative as in `relu`. An unknown name of an activation
raises KeyError.

    >>> forward(np.array([[1, 2], [3, -1], [0, 5]]), np.array([2, -1]), 0.5, activation="relu")
    array([0.5, 7.5, 0. ])

Source: lecture 000, "Computing activation"; Brajard (003); Sennblad (004).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import identity, relu, sigmoid, tanh
from reference.activations._margin import clear_of_zero
from reference.spec import Gradients, Real, Spec, Subgradient, Try

ACTIVATIONS = {"identity": identity, "sigmoid": sigmoid, "tanh": tanh, "relu": relu}


def forward(
    x: Shaped[Real, "n d"],
    weight: Shaped[Real, "d"],
    bias: Shaped[Real, ""],
    *,
    activation: Shaped[str, Try(tuple(ACTIVATIONS))] = "sigmoid",
) -> Shaped[Real, "n"]:
    return ACTIVATIONS[activation].forward(x @ weight + bias)


def backward(
    grad: Real,
    x: Real,
    weight: Real,
    bias: Real,
    *,
    activation: str = "sigmoid",
    at_zero: Shaped[float, Subgradient(0.0, 1.0)] = 0.0,
) -> Gradients:
    choice = {"at_zero": at_zero} if activation == "relu" else {}
    (d,) = ACTIVATIONS[activation].backward(grad, x @ weight + bias, **choice)
    return d[:, None] * weight, x.T @ d, d.sum()


def bias_is_the_weight_of_one(f, x, weight, bias, activation):
    """The bias acts like the weight of an additional input that is always 1."""
    wider = np.concatenate([x, 1 + 0 * x[:, :1]], axis=1)
    weights = np.concatenate([weight, np.reshape(bias, (1,))])
    return f(x, weight, bias, activation=activation), f(
        wider, weights, 0 * bias, activation=activation
    )


def each_example_alone(f, x, weight, bias, activation):
    """Each example is processed separately: reversing the batch reverses the outputs."""
    ours = f(x, weight, bias, activation=activation)
    return f(x[::-1], weight, bias, activation=activation), ours[::-1]


def linear_regression_with_the_identity(f, x, weight, bias, activation):
    """With the identity, the mean of two examples gives the mean of their outputs."""
    apart = f(x, weight, bias, activation="identity")
    together = f((x + x[::-1]) / 2, weight, bias, activation="identity")
    return together, (apart + apart[::-1]) / 2


def _torch(torch, x, weight, bias, activation):
    bent = torch.nn.Identity() if activation == "identity" else getattr(torch, activation)
    return bent(torch.nn.functional.linear(x, weight[None], bias[None]))[:, 0]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        bias_is_the_weight_of_one,
        each_example_alone,
        linear_regression_with_the_identity,
    ),
    possible=lambda x, weight, bias, activation: (
        activation != "relu" or clear_of_zero(x, weight, bias)
    ),
)
