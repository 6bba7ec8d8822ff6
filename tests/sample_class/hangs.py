"""One function never comes back; the others are right."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_pass(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    return z1, a1, z2, a2


def backward_pass(x, w1, b1, w2, b2, y):
    z1, a1, z2, a2 = forward_pass(x, w1, b1, w2, b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = delta2 * w2 * a1 * (1 - a1)
    return delta1 * x, delta1, delta2 * a1, delta2


def dense(x, weight, bias):
    return np.dot(x, weight) + bias


def dense_backward(grad, x, weight, bias):
    dx = np.dot(grad, weight.T)
    dweight = np.dot(x.T, grad)
    dbias = np.sum(grad, axis=0)
    return dx, dweight, dbias


def sigmoid_backward(grad, x):
    s = sigmoid(x)
    return grad * s * (1 - s)


def mse_gradient(prediction, target):
    return 2 * (prediction - target) / target.size


def cross_entropy_gradient(logits, labels):
    n = logits.shape[0]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    p[np.arange(n), labels] -= 1
    return p / n


def sgd_step(param, grad, learning_rate):
    while np.any(grad != 0):
        param = param - learning_rate * grad
    return param - learning_rate * grad


def delta_rule(x, w1, b1, w2, b2, target, rate):
    hidden = sigmoid(dense(x, w1, b1))
    out = sigmoid(dense(hidden, w2, b2))
    delta2 = (target - out) * out * (1 - out)
    delta1 = np.dot(delta2, w2.T) * hidden * (1 - hidden)
    dw1, dw2 = np.dot(x.T, delta1), np.dot(hidden.T, delta2)
    return rate * dw1, rate * delta1.sum(axis=0), rate * dw2, rate * delta2.sum(axis=0)


def network_gradient(x, w1, b1, w2, b2, labels):
    hidden = sigmoid(dense(x, w1, b1))
    dlogits = cross_entropy_gradient(dense(hidden, w2, b2), labels)
    dhidden, dw2, db2 = dense_backward(dlogits, hidden, w2, b2)
    _, dw1, db1 = dense_backward(dhidden * hidden * (1 - hidden), x, w1, b1)
    return dw1, db1, dw2, db2
