"""Right ways to write the three forms of momentum."""

import numpy as np


def three_loops(start, grads, rates, *, momentum=0.9, velocity="outside"):
    w, v, path = start.copy(), np.zeros(len(start)), []
    for g, e in zip(grads, rates, strict=True):
        if velocity == "outside":
            v = momentum * v - g
            w = w + e * v
        elif velocity == "inside":
            v = momentum * v - e * g
            w = w + v
        else:
            v = momentum * v + (1 - momentum) * g
            w = w - e * v
        path.append(w)
    return np.array(path)


def powers_of_the_momentum(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """Every velocity as a sum over all earlier gradients."""
    count = len(grads)
    age = np.subtract.outer(np.arange(count), np.arange(count))
    weights = np.where(age >= 0, momentum ** np.abs(age), 0.0)
    scale = 1 - momentum if velocity == "average" else 1.0
    if velocity == "inside":
        steps = weights @ (rates[:, None] * grads)
    else:
        steps = rates[:, None] * (weights @ (scale * grads))
    return start - np.cumsum(steps, axis=0)
