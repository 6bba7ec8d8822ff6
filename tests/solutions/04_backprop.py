"""Backpropagation, as a student solves it."""

import numpy as np


def s(z):
    return 1 / (1 + np.exp(-z))


def forward_pass(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = s(z1)
    z2 = w2 * a1 + b2
    return z1, a1, z2, s(z2)


def backward_pass(x, w1, b1, w2, b2, y):
    _, a1, _, a2 = forward_pass(x, w1, b1, w2, b2)
    dz2 = (a2 - y) * a2 * (1 - a2)
    dz1 = dz2 * w2 * a1 * (1 - a1)
    return dz1 * x, dz1, dz2 * a1, dz2


def dense(x, weight, bias):
    return x @ weight + bias


def dense_backward(grad, x, weight, bias):
    return grad @ weight.T, x.T @ grad, grad.sum(axis=0)


def sigmoid_backward(grad, x):
    y = s(x)
    return grad * y * (1 - y)


def mse_gradient(prediction, target):
    return 2 * (prediction - target) / prediction.size


def cross_entropy_gradient(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


def sgd_step(param, grad, learning_rate):
    return param - learning_rate * grad


def delta_rule(x, w1, b1, w2, b2, target, rate):
    hidden = s(x @ w1 + b1)
    out = s(hidden @ w2 + b2)
    d_out = (target - out) * out * (1 - out)
    d_hidden = (d_out @ w2.T) * hidden * (1 - hidden)
    return (
        rate * x.T @ d_hidden,
        rate * d_hidden.sum(axis=0),
        rate * hidden.T @ d_out,
        rate * d_out.sum(axis=0),
    )


def network_gradient(x, w1, b1, w2, b2, labels):
    h = s(dense(x, w1, b1))
    dz = cross_entropy_gradient(dense(h, w2, b2), labels)
    dh, dw2, db2 = dense_backward(dz, h, w2, b2)
    da = dh * h * (1 - h)
    _, dw1, db1 = dense_backward(da, x, w1, b1)
    return dw1, db1, dw2, db2
