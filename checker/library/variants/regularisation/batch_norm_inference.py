"""Right ways to normalise with given statistics."""

import numpy as np


def channel_by_channel(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    y = np.empty(x.shape)
    for c in range(x.shape[1]):
        y[:, c] = gamma[c] * (x[:, c] - mean[c]) / np.sqrt(variance[c] + epsilon) + beta[c]
    return y


def channels_moved_last(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    moved = np.moveaxis(x, 1, -1)
    return np.moveaxis((moved - mean) * (gamma / np.sqrt(variance + epsilon)) + beta, -1, 1)


def sums_channel_by_channel(grad, x, gamma, beta, mean, variance, *, epsilon=1e-5):
    dx, dgamma, dbeta = np.empty(x.shape), [], []
    for c in range(x.shape[1]):
        spread = np.sqrt(variance[c] + epsilon)
        dx[:, c] = grad[:, c] * gamma[c] / spread
        dgamma.append((grad[:, c] * (x[:, c] - mean[c]) / spread).sum())
        dbeta.append(grad[:, c].sum())
    return dx, dgamma, dbeta


def flattened(grad, x, gamma, beta, mean, variance, *, epsilon=1e-5):
    g = np.moveaxis(grad, 1, -1)
    rows, values = g.reshape(-1, len(gamma)), np.moveaxis(x, 1, -1).reshape(-1, len(gamma))
    slope = 1 / np.sqrt(variance + epsilon)
    dgamma = np.einsum("nc,nc->c", rows, (values - mean) * slope)
    return np.moveaxis(g * gamma * slope, -1, 1), dgamma, rows.sum(axis=0)
