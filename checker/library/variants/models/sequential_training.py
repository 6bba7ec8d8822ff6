"""Right ways to train in batches."""

import numpy as np


def in_place_on_copies(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    w1, b1, w2, b2 = (np.array(w, dtype=float) for w in (w1, b1, w2, b2))
    for _ in range(2):
        for at in np.split(np.arange(len(x)), range(batch_size, len(x), batch_size)):
            hidden = 1 / (1 + np.exp(-(x[at] @ w1 + b1)))
            error = 2 / y[at].size * (hidden @ w2 + b2 - y[at])
            back = (error @ w2.T) * hidden * (1 - hidden)
            w2 -= learning_rate * hidden.T @ error
            b2 -= learning_rate * error.sum(axis=0)
            w1 -= learning_rate * x[at].T @ back
            b1 -= learning_rate * back.sum(axis=0)
    return w1, b1, w2, b2


def example_by_example(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The gradients of a batch added up one example at a time."""
    weights = [w1, b1, w2, b2]
    for start in [*range(0, len(x), batch_size)] * 2:
        rows = range(start, min(start + batch_size, len(x)))
        sums = [np.zeros(np.shape(w)) for w in weights]
        for i in rows:
            hidden = 1 / (1 + np.exp(-(x[i] @ weights[0] + weights[1])))
            error = hidden @ weights[2] + weights[3] - y[i]
            back = (weights[2] @ error) * hidden * (1 - hidden)
            parts = (np.outer(x[i], back), back, np.outer(hidden, error), error)
            sums = [s + p for s, p in zip(sums, parts, strict=True)]
        scale = 2 * learning_rate / (len(rows) * y.shape[1])
        weights = [w - scale * s for w, s in zip(weights, sums, strict=True)]
    return tuple(weights)
