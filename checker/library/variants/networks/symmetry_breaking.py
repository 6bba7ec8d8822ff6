"""Right ways to measure how far apart hidden units are while they learn."""

import numpy as np


def _apart(w1):
    return max(max(row) - min(row) for row in w1.tolist())


def example_by_example(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    w1, w2 = w1.copy(), w2.copy()
    path = [_apart(w1)]
    for _ in range(steps):
        dw1, dw2 = np.zeros(w1.shape), np.zeros(w2.shape)
        for row, wanted in zip(x, target, strict=True):
            h = np.tanh(row @ w1)
            gap = (h @ w2 - wanted) / len(x)
            dw2 += gap * h
            dw1 += np.outer(row, gap * w2 * (1 - h * h))
        w1 -= learning_rate * dw1
        w2 -= learning_rate * dw2
        path.append(_apart(w1))
    return path


def with_columns(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """Outputs as a column, as in a layer of one unit."""
    w2, wanted, path = w2[:, None], target[:, None], []
    for step in range(steps + 1):
        path.append((w1.max(axis=1) - w1.min(axis=1)).max())
        if step < steps:
            h = np.tanh(x @ w1)
            above = (h @ w2 - wanted) / len(x)
            before = above @ w2.T / np.cosh(x @ w1) ** 2
            w1, w2 = w1 - learning_rate * x.T @ before, w2 - learning_rate * h.T @ above
    return np.array(path)
