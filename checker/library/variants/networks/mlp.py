"""Right ways to write the multi-layer perceptron."""

import numpy as np

from checker.library.variants.linear.neuron import BENT, SLOPES


def layer_by_layer(x, weights, biases, *, activation="relu"):
    h = x
    for number in range(len(weights)):
        h = h @ weights[number] + biases[number]
        if number < len(weights) - 1:
            h = BENT[activation](h)
    return h


def recursive(x, weights, biases, *, activation="relu"):
    z = x @ weights[0] + biases[0]
    if len(weights) == 1:
        return z
    return recursive(BENT[activation](z), weights[1:], biases[1:], activation=activation)


def examples_as_columns(x, weights, biases, *, activation="relu"):
    h = x.T
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        h = BENT[activation](weight.T @ h + bias[:, None])
    return (weights[-1].T @ h + biases[-1][:, None]).T


def kept_on_the_way_forward(grad, x, weights, biases, *, activation="relu"):
    hs, zs = [x], []
    for weight, bias in zip(weights, biases, strict=True):
        zs.append(hs[-1] @ weight + bias)
        hs.append(BENT[activation](zs[-1]))
    dws, dbs = np.empty_like(weights), np.empty_like(biases)
    d = grad
    for i in range(len(weights) - 1, -1, -1):
        dws[i], dbs[i] = hs[i].T @ d, d.sum(axis=0)
        d = d @ weights[i].T
        if i:
            d = d * SLOPES[activation](zs[i - 1])
    return d, dws, dbs


def gradient_by_recursion(grad, x, weights, biases, *, activation="relu"):
    z = x @ weights[0] + biases[0]
    if len(weights) == 1:
        return grad @ weights[0].T, (x.T @ grad)[None], grad.sum(axis=0)[None]
    rest = weights[1:], biases[1:]
    dh, dws, dbs = gradient_by_recursion(grad, BENT[activation](z), *rest, activation=activation)
    dz = dh * SLOPES[activation](z)
    return dz @ weights[0].T, np.stack([x.T @ dz, *dws]), np.stack([dz.sum(axis=0), *dbs])
