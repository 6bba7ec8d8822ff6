"""Three ways to learn classes from examples: the scores of new examples by each of them."""

import numpy as np


def alike(x, new):
    """Both with features of mean 0 and deviation 1, as the examples ask for it."""
    spread = np.maximum(x.std(axis=0), 1e-12)
    return (x - x.mean(axis=0)) / spread, (new - x.mean(axis=0)) / spread


def error_of(z, labels):
    """The gradient of the mean cross-entropy by the scores."""
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


def with_momentum(x, labels, new, seed, *, units, size, rate, steps):
    """A hidden layer of tanh, trained on all examples at once with momentum."""
    rng = np.random.default_rng(seed)
    classes = labels.max() + 1
    weights = [
        rng.normal(0, size, (x.shape[1], units)),
        rng.normal(0, size, units),
        rng.normal(0, 0.1, (units, classes)),
        np.zeros(classes),
    ]
    speeds = [np.zeros_like(w) for w in weights]
    for _ in range(steps):
        w1, b1, w2, b2 = weights
        h = np.tanh(x @ w1 + b1)
        d = error_of(h @ w2 + b2, labels)
        below = d @ w2.T * (1 - h**2)
        grads = x.T @ below, below.sum(axis=0), h.T @ d, d.sum(axis=0)
        for w, v, g in zip(weights, speeds, grads, strict=True):
            v *= 0.9
            v -= rate * g
            w += v
    w1, b1, w2, b2 = weights
    return np.tanh(new @ w1 + b1) @ w2 + b2


def on_random_features(x, labels, new, seed, *, units, size, decay):
    """A hidden layer that stays as it was drawn, and above it the least squares of the classes."""
    rng = np.random.default_rng(seed)
    w1 = rng.normal(0, size, (x.shape[1], units))
    b1 = rng.uniform(-np.pi, np.pi, units)
    h = np.cos(x @ w1 + b1)
    targets = np.eye(labels.max() + 1)[labels]
    w2 = np.linalg.solve(h.T @ h + decay * np.eye(units), h.T @ targets)
    return np.cos(new @ w1 + b1) @ w2


def one_by_one(x, labels, new, seed, *, units, size, rate, epochs):
    """A hidden layer of rectifiers in single precision, with a step for each few examples."""
    rng = np.random.default_rng(seed)
    x, new = x.astype(np.float32), new.astype(np.float32)
    classes = labels.max() + 1
    w1 = rng.normal(0, size, (x.shape[1], units)).astype(np.float32)
    b1 = rng.normal(0, size, units).astype(np.float32)
    w2 = rng.normal(0, 0.1, (units, classes)).astype(np.float32)
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        now = np.float32(rate * (1 - epoch / epochs))
        for at in range(0, len(x), 5):
            part = order[at : at + 5]
            h = np.maximum(x[part] @ w1 + b1, 0)
            d = error_of(h @ w2, labels[part])
            below = d @ w2.T * (h > 0)
            w2 = w2 - now * h.T @ d
            w1, b1 = w1 - now * x[part].T @ below, b1 - now * below.sum(axis=0)
    return np.maximum(new @ w1 + b1, 0) @ w2
