"""Right ways to write tanh."""

import numpy as np


def by_sigmoid(x):
    return 2 / (1 + np.exp(-2 * x)) - 1


def by_decay(x):
    decay = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - decay) / (1 + decay)


def by_expm1(x):
    shrink = np.expm1(-2 * np.abs(x))
    return -np.sign(x) * shrink / (2 + shrink)


def single_precision(x):
    return np.tanh(np.asarray(x, dtype=np.float32))


def factored(grad, x):
    y = np.tanh(x)
    return (grad * (1 - y) * (1 + y),)


def by_cosh(grad, x):
    return (grad / np.cosh(x) ** 2,)
