"""Right ways to write the perceptron."""

import numpy as np


def by_heaviside(x, weight, bias, *, at_zero=1.0):
    return np.heaviside(x @ weight + bias, at_zero)


def bias_as_a_weight(x, weight, bias, *, at_zero=1.0):
    z = np.c_[x, np.ones(len(x))] @ np.r_[weight, bias]
    return np.where(z > 0, 1.0, np.where(z == 0, at_zero, 0.0))


def example_by_example(x, weight, bias, *, at_zero=1.0):
    answers = []
    for row in x:
        z = sum(a * w for a, w in zip(row, weight, strict=True)) + bias
        answers.append(1 if z > 0 else at_zero if z == 0 else 0)
    return answers
