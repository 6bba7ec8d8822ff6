"""Right ways to write swish."""

import numpy as np


def input_over_denominator(x, *, beta=1.0):
    return x / (1 + np.exp(-beta * x))


def by_tanh(x, *, beta=1.0):
    return 0.5 * x * (1 + np.tanh(0.5 * beta * x))


def single_precision(x, *, beta=1.0):
    x = np.asarray(x, dtype=np.float32)
    return x / (1 + np.exp(np.float32(-beta) * x))


def factored(grad, x, *, beta=1.0):
    s = 1 / (1 + np.exp(-beta * x))
    return (grad * s * (1 + beta * x * (1 - s)),)


def by_the_output(grad, x, *, beta=1.0):
    s = 1 / (1 + np.exp(-beta * x))
    y = x * s
    return (grad * (beta * y + s * (1 - beta * y)),)
