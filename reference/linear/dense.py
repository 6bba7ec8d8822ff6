"""Dense layer: every output is a weighted sum of every input.

    y = x W + b                                          (forward)
    dL/dx = g W^T,  dL/dW = x^T g,  dL/db = sum_n g_n    (backward, g = dL/dy)

`x` has shape (n, d), `weight` (d, k) and `bias` (k,). Examples are rows and `weight` is stored as
(inputs, outputs), as in lecture 002 and in Keras; PyTorch stores the transpose, and so does the
formula of lecture 001, but not its code, X times W plus b. The bias gradient is a sum over the
batch; any averaging belongs to the loss. Lecture 002 prints dE/dB = dE/dY, which is that sum for
one example. An empty batch gives an empty output, and gradients of zero for `weight` and `bias`.
Shapes that do not match raise ValueError.

    >>> import numpy as np
    >>> forward(np.array([[1, 2]]), np.array([[1, 0, 2], [0, 1, 3]]), np.array([0, 10, 100]))
    array([[  1,  12, 108]])

Source: the derivation of lecture 002; Goodfellow, Bengio, Courville 2016, section 6.5.6.
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Spec


def forward(
    x: Shaped[Real, "n d"], weight: Shaped[Real, "d k"], bias: Shaped[Real, "k"]
) -> Shaped[Real, "n k"]:
    return x @ weight + bias


def backward(grad: Real, x: Real, weight: Real, bias: Real) -> Gradients:
    return grad @ weight.T, x.T @ grad, grad.sum(axis=0)


def homogeneous_without_bias(f, x, weight, bias):
    """If the bias is zero, doubling the input doubles the output."""
    return f(2 * x, weight, 0 * bias), 2 * f(x, weight, 0 * bias)


def bias_for_zero_input(f, x, weight, bias):
    """An input of zeros gives the bias, once for each example."""
    return f(0 * x, weight, bias), bias + 0 * f(x, weight, bias)


def row_by_row(f, x, weight, bias):
    """Each example is processed separately: reversing the batch reverses the output."""
    return f(x[::-1], weight, bias), f(x, weight, bias)[::-1]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, weight, bias: torch.nn.functional.linear(x, weight.T, bias),
    properties=(homogeneous_without_bias, bias_for_zero_input, row_by_row),
)
