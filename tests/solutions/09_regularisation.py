"""Regularisation, solved from its text."""

import numpy as np


def l2_penalty(weight, strength):
    return strength * np.sum(weight**2)


def l2_gradient(weight, strength):
    return 2 * strength * weight


def l1_penalty(weight, strength):
    return strength * np.sum(np.abs(weight))


def l1_gradient(weight, strength):
    return strength * np.sign(weight)


def elastic_gradient(weight, l1, l2):
    return l1_gradient(weight, l1) + l2_gradient(weight, l2)


def dropout(x, mask, rate, training):
    if training:
        return x * mask
    return (1 - rate) * x


def inverted_dropout(x, mask, rate, training):
    if training:
        return x * mask / (1 - rate)
    return x


def inverted_dropout_backward(grad, x, mask, rate, training):
    return inverted_dropout(grad, mask, rate, training)


def draw_mask(examples, units, rate, seed):
    noise = np.random.default_rng(seed).random((examples, units))
    return np.where(noise < rate, 0, 1 / (1 - rate))


def axes(x):
    return (0, *range(2, x.ndim))


def wide(channel, x):
    return np.reshape(channel, (1, -1) + (1,) * (x.ndim - 2))


def batch_norm(x, gamma, beta, epsilon):
    m = x.mean(axis=axes(x), keepdims=True)
    v = x.var(axis=axes(x), keepdims=True)
    return wide(gamma, x) * (x - m) / np.sqrt(v + epsilon) + wide(beta, x)


def update_statistics(x, mean, variance, momentum):
    m, v = x.mean(axis=axes(x)), x.var(axis=axes(x))
    return momentum * mean + (1 - momentum) * m, momentum * variance + (1 - momentum) * v


def batch_norm_in_use(x, gamma, beta, mean, variance, epsilon):
    z = (x - wide(mean, x)) / np.sqrt(wide(variance, x) + epsilon)
    return wide(gamma, x) * z + wide(beta, x)


def batch_norm_backward(grad, x, gamma, beta, epsilon):
    m = x.mean(axis=axes(x), keepdims=True)
    s = np.sqrt(x.var(axis=axes(x), keepdims=True) + epsilon)
    z = (x - m) / s
    d = wide(gamma, x) * grad
    mean_d = d.mean(axis=axes(x), keepdims=True)
    mean_dz = (d * z).mean(axis=axes(x), keepdims=True)
    return (d - mean_d - z * mean_dz) / s, (grad * z).sum(axis=axes(x)), grad.sum(axis=axes(x))


def early_stopping(losses, patience, min_delta, window):
    best, best_epoch, waited = np.inf, 0, 0
    for epoch in range(1, len(losses) + 1):
        smooth = np.mean(losses[max(0, epoch - window) : epoch])
        if smooth < best - min_delta:
            best, best_epoch, waited = smooth, epoch, 0
        else:
            waited += 1
        if waited == patience:
            return epoch, best_epoch
    return len(losses), best_epoch
