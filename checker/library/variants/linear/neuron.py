"""Right ways to write a neuron."""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference.activations import sigmoid

BENT: dict[str, Callable[..., Any]] = {
    "identity": lambda z: z,
    "sigmoid": sigmoid.forward,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}
SLOPES: dict[str, Callable[..., Any]] = {
    "identity": np.ones_like,
    "sigmoid": lambda z: sigmoid.forward(z) * sigmoid.forward(-z),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0) * 1.0,
}


def bias_as_a_weight(x, weight, bias, *, activation="sigmoid"):
    return BENT[activation](np.c_[x, np.ones(len(x))] @ np.r_[weight, bias])


def multiplied_and_summed(x, weight, bias, *, activation="sigmoid"):
    return BENT[activation]((x * weight).sum(axis=1) + bias)


def example_by_example(x, weight, bias, *, activation="sigmoid"):
    sums = [sum(a * w for a, w in zip(row, weight, strict=True)) + bias for row in x]
    return BENT[activation](np.array(sums))


def a_column_of_weights(x, weight, bias, *, activation="sigmoid"):
    return BENT[activation](x @ weight[:, None] + bias).ravel()


def gradient_by_outer_product(grad, x, weight, bias, *, activation="sigmoid"):
    d = grad * SLOPES[activation](x @ weight + bias)
    return np.outer(d, weight), d @ x, d.sum()


def gradient_example_by_example(grad, x, weight, bias, *, activation="sigmoid"):
    dx, dweight, dbias = np.zeros_like(x), np.zeros_like(weight), 0.0
    for n, row in enumerate(x):
        d = grad[n] * SLOPES[activation](row @ weight + bias)
        dx[n] = d * weight
        dweight += d * row
        dbias += d
    return dx, dweight, dbias
