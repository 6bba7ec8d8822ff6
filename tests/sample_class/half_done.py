"""Half the tasks are right, the rest is not started or not there."""

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
    raise NotImplementedError


def mse_gradient(prediction, target):
    return 2 * (prediction - target) / target.size


def cross_entropy_gradient(logits, labels):
    pass


def sgd_step(param, grad, learning_rate):
    """TODO"""
