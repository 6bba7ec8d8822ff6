"""Neurons and activations, as a student solves it."""

import numpy as np


def neuron_without_bias(x, weight):
    return sigmoid(x @ weight)


def neuron(x, weight, bias, activation):
    z = x @ weight + bias
    if activation == "sigmoid":
        return sigmoid(z)
    if activation == "tanh":
        return np.tanh(z)
    if activation == "relu":
        return np.maximum(z, 0)
    return z


def perceptron(x, weight, bias):
    return (x @ weight + bias >= 0).astype(float)


def perceptron_rule(x, target, weight, bias, rate):
    w, b = weight.copy(), bias
    for n in range(len(x)):
        y = 1 if x[n] @ w + b >= 0 else 0
        w = w + rate * (target[n] - y) * x[n]
        b = b + rate * (target[n] - y)
    return w, b


def linear_regression(x, y):
    wide = np.hstack([x, np.ones((len(x), 1))])
    best = np.linalg.lstsq(wide, y, rcond=None)[0]
    return best[:-1], best[-1]


def step(x, at_zero):
    y = np.zeros(x.shape)
    y[x > 0] = 1
    y[x == 0] = at_zero
    return y


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def leaky_relu(x, negative_slope):
    return np.where(x > 0, x, negative_slope * x)


def swish(x):
    return x * sigmoid(x)


def identity_backward(grad, x):
    return grad


def tanh_backward(grad, x):
    return grad * (1 - np.tanh(x) ** 2)


def relu_backward(grad, x):
    return grad * (x > 0)


def prelu_backward(grad, x, slope):
    a = np.moveaxis(np.zeros_like(x), 1, -1) + slope
    a = np.moveaxis(a, -1, 1)
    dx = np.where(x > 0, grad, a * grad)
    da = np.zeros(len(slope))
    for c in range(len(slope)):
        negative = x[:, c] <= 0
        da[c] = (grad[:, c] * x[:, c])[negative].sum()
    return dx, da


def swish_backward(grad, x):
    s = sigmoid(x)
    return grad * (s + x * s * (1 - s))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax_jacobian(x):
    p = softmax(x)
    c = x.shape[-1]
    jacobian = np.zeros((*x.shape, c))
    for i in range(c):
        for j in range(c):
            jacobian[..., i, j] = p[..., i] * ((1 if i == j else 0) - p[..., j])
    return jacobian


def softmax_backward(grad, x):
    p = softmax(x)
    return p * (grad - (grad * p).sum(axis=-1, keepdims=True))


def parameter_counts(widths):
    return [(widths[i] + 1) * widths[i + 1] for i in range(len(widths) - 1)]


def mlp(x, weights, biases):
    h = x
    for i in range(len(weights) - 1):
        h = np.maximum(h @ weights[i] + biases[i], 0)
    return h @ weights[-1] + biases[-1]
