"""Right ways to write the perceptron's learning rule."""

import numpy as np


def only_where_wrong(x, target, weight, bias, *, rate=1.0):
    weight = np.array(weight)
    for row, wanted in zip(x, target, strict=True):
        fires = row @ weight + bias >= 0
        if wanted and not fires:
            weight += rate * row
            bias += rate
        elif fires and not wanted:
            weight -= rate * row
            bias -= rate
    return weight, bias


def bias_as_a_weight(x, target, weight, bias, *, rate=1.0):
    wider, weights = np.c_[x, np.ones(len(x))], np.r_[weight, bias]
    for row, wanted in zip(wider, target, strict=True):
        weights = weights + rate * (wanted - np.heaviside(row @ weights, 1)) * row
    return weights[:-1], weights[-1]


def with_lists(x, target, weight, bias, *, rate=1.0):
    weight = [float(w) for w in weight]
    for row, wanted in zip(x.tolist(), target.tolist(), strict=True):
        z = sum(a * w for a, w in zip(row, weight, strict=True)) + bias
        mistake = wanted - (1 if z >= 0 else 0)
        weight = [w + rate * mistake * a for a, w in zip(row, weight, strict=True)]
        bias = bias + rate * mistake
    return weight, bias
