"""Right ways to normalise a batch."""

import numpy as np


def channel_by_channel(x, gamma, beta, *, epsilon=1e-5):
    y = np.empty(x.shape)
    for c in range(x.shape[1]):
        values = x[:, c]
        y[:, c] = gamma[c] * (values - values.mean()) / np.sqrt(values.var() + epsilon) + beta[c]
    return y


def channels_moved_last(x, gamma, beta, *, epsilon=1e-5):
    moved = np.moveaxis(x, 1, -1)
    flat = moved.reshape(-1, x.shape[1])
    normal = (flat - flat.mean(axis=0)) * (flat.var(axis=0) + epsilon) ** -0.5
    return np.moveaxis((gamma * normal + beta).reshape(moved.shape), -1, 1)


def step_by_step(grad, x, gamma, beta, *, epsilon=1e-5):
    """Through mean, variance and root one after another."""
    dx, dgamma, dbeta = np.empty(x.shape), np.empty(len(gamma)), np.empty(len(beta))
    for c in range(x.shape[1]):
        values, g = x[:, c], grad[:, c]
        centred, variance = values - values.mean(), values.var() + epsilon
        dgamma[c], dbeta[c] = (g * centred).sum() / np.sqrt(variance), g.sum()
        dnormal = gamma[c] * g
        dvariance = (dnormal * centred).sum() * -0.5 * variance**-1.5
        dmean = -dnormal.sum() / np.sqrt(variance)
        count = values.size
        dx[:, c] = dnormal / np.sqrt(variance) + (2 * dvariance * centred + dmean) / count
    return dx, dgamma, dbeta


def all_in_one(grad, x, gamma, beta, *, epsilon=1e-5):
    """n g minus its sums, divided by n."""
    axes = (0, *range(2, x.ndim))
    keep = {"axis": axes, "keepdims": True}
    spread = np.sqrt(x.var(**keep) + epsilon)
    normal = (x - x.mean(**keep)) / spread
    count = x.size / x.shape[1]
    inner = count * grad - grad.sum(**keep) - normal * (grad * normal).sum(**keep)
    shape = (1, -1, *[1] * (x.ndim - 2))
    dx = gamma.reshape(shape) / (count * spread) * inner
    return dx, (grad * normal).sum(axis=axes), grad.sum(axis=axes)
