"""Right ways to train a network and to write down its losses."""

import numpy as np


def descended_with_momentum(x, y, *, seed):
    """Plain descent with momentum on all points at once."""
    rng = np.random.default_rng(seed)
    weights = [rng.normal(0, 4, (1, 24)), rng.normal(0, 2, 24), np.zeros((24, 1)), np.zeros(1)]
    speeds, losses = [np.zeros_like(w) for w in weights], []
    for _ in range(400):
        loss, grads = _loss_and_gradient(x, y, *weights)
        losses.append(loss)
        speeds = [0.9 * v - 0.05 * g for v, g in zip(speeds, grads, strict=True)]
        weights = [w + v for w, v in zip(weights, speeds, strict=True)]
    losses.append(_loss_and_gradient(x, y, *weights)[0])
    return np.array(losses), *weights


def single_points(x, y, *, seed):
    """A step for each point, in single precision, with a rate that decays."""
    rng = np.random.default_rng(seed)
    x, y = x.astype(np.float32), y.astype(np.float32)
    start = [rng.normal(0, 4, (1, 20)), rng.normal(0, 2, 20), np.zeros((20, 1)), np.zeros(1)]
    weights = [w.astype(np.float32) for w in start]
    losses = [float(_loss_and_gradient(x, y, *weights)[0])]
    for epoch in range(60):
        for i in rng.permutation(len(x)):
            _, grads = _loss_and_gradient(x[i : i + 1], y[i : i + 1], *weights)
            rate = np.float32(0.1 / (1 + epoch / 20))
            weights = [w - rate * g for w, g in zip(weights, grads, strict=True)]
        losses.append(float(_loss_and_gradient(x, y, *weights)[0]))
    return losses, *weights


def steps_by_sign(x, y, *, seed):
    """Adaptive steps of its own for each weight, by the sign of the gradient."""
    rng = np.random.default_rng(seed)
    weights = [rng.uniform(-6, 6, (1, 10)), rng.uniform(-3, 3, 10), np.zeros((10, 1)), np.zeros(1)]
    sizes, before, losses = [0.02 + 0 * w for w in weights], [0 * w for w in weights], []
    for _ in range(200):
        loss, grads = _loss_and_gradient(x, y, *weights)
        losses.append(loss)
        for w, g, size, old in zip(weights, grads, sizes, before, strict=True):
            size *= np.where(g * old > 0, 1.2, np.where(g * old < 0, 0.5, 1.0))
            w -= np.clip(size, 1e-6, 0.5) * np.sign(g)
        before = grads
    losses.append(_loss_and_gradient(x, y, *weights)[0])
    return losses, *weights


def _loss_and_gradient(x, y, w1, b1, w2, b2):
    h = 1 / (1 + np.exp(-(x @ w1 + b1)))
    error = h @ w2 + b2 - y
    above = 2 * error / y.size
    below = above @ w2.T * h * (1 - h)
    return np.mean(error**2), [x.T @ below, below.sum(axis=0), h.T @ above, above.sum(axis=0)]
