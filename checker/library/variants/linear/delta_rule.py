"""Right ways to write the delta rule."""

import numpy as np


def short_sigmoids(x, w1, b1, w2, b2, target, *, rate=0.1):
    s = 1 / (1 + np.exp(-(x @ w1 + b1)))
    o = 1 / (1 + np.exp(-(s @ w2 + b2)))
    d2 = (o - target) * o * (1 - o)
    d1 = d2 @ w2.T * s * (1 - s)
    return -rate * x.T @ d1, -rate * d1.sum(0), -rate * s.T @ d2, -rate * d2.sum(0)


def example_by_example(x, w1, b1, w2, b2, target, *, rate=0.1):
    changes = [np.zeros_like(each) for each in (w1, b1, w2, b2)]
    for row, wanted in zip(x, target, strict=True):
        s = 1 / (1 + np.exp(-(row @ w1 + b1)))
        o = 1 / (1 + np.exp(-(s @ w2 + b2)))
        d2 = rate * (wanted - o) * o * (1 - o)
        d1 = (w2 @ d2) * s * (1 - s)
        each = (np.outer(row, d1), d1, np.outer(s, d2), d2)
        for change, part in zip(changes, each, strict=True):
            change += part
    return tuple(changes)
