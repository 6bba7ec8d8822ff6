"""A solution of all tasks: `check prove layers` runs it."""

import numpy as np


def affine_forward(x, weight, bias):
    return x @ weight + bias, (x, weight)


def affine_backward(grad, cache):
    x, weight = cache
    return grad @ weight.T, x.T @ grad, grad.sum(axis=0)


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(grad, cache):
    return grad * (cache > 0)


def softmax_loss(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    dlogits = np.exp(logs)
    dlogits[rows, labels] -= 1
    return -logs[rows, labels].mean(), dlogits / len(labels)


def two_layer(x, labels, params):
    z, cache1 = affine_forward(x, params["W1"], params["b1"])
    h = 1 / (1 + np.exp(-z))
    scores, cache2 = affine_forward(h, params["W2"], params["b2"])
    loss, dscores = softmax_loss(scores, labels)
    dh, dw2, db2 = affine_backward(dscores, cache2)
    _, dw1, db1 = affine_backward(dh * h * (1 - h), cache1)
    return loss, {"W1": dw1, "b1": db1, "W2": dw2, "b2": db2}


def sgd_momentum(w, dw, config):
    velocity = config.get("velocity", np.zeros_like(w))
    config["velocity"] = config["momentum"] * velocity - config["learning_rate"] * dw
    w += config["velocity"]
    return w, config


class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return x @ self.w.T + self.b

    def backward(self, grad):
        self.dw = grad.T @ self.x / len(grad)
        self.db = grad.mean(axis=0)
        return grad @ self.w
