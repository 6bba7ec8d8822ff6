"""Right ways to measure the gradients of a network."""

import numpy as np

BENT = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": lambda z: 2 / (1 + np.exp(-2 * z)) - 1,
    "relu": lambda z: np.maximum(z, 0),
}
SLOPES = {  # from the value of the activation
    "identity": lambda h: np.ones(h.shape),
    "sigmoid": lambda h: h * (1 - h),
    "tanh": lambda h: 1 - h * h,
    "relu": lambda h: (h > 0) * 1.0,
}


def layer_by_layer(x, weights, biases, *, activation="relu"):
    values = [x]
    for k in range(len(weights)):
        z = values[-1] @ weights[k] + biases[k]
        values.append(BENT[activation](z) if k < len(weights) - 1 else z)
    grad = np.full(values[-1].shape, 1 / values[-1].size)
    sizes = np.zeros(len(weights))
    for k in range(len(weights) - 1, -1, -1):
        sizes[k] = abs(values[k].T @ grad).mean()
        if k:
            grad = grad @ weights[k].T * SLOPES[activation](values[k])
    return sizes


def example_by_example(x, weights, biases, *, activation="relu"):
    totals = [np.zeros(w.shape) for w in weights]
    for row in x:
        values = [row]
        for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
            z = values[-1] @ w + b
            values.append(BENT[activation](z) if k < len(weights) - 1 else z)
        grad = np.ones(len(values[-1])) / (len(x) * len(values[-1]))
        for k in reversed(range(len(weights))):
            totals[k] += np.outer(values[k], grad)
            grad = (weights[k] @ grad) * SLOPES[activation](values[k])
    return [np.mean(np.abs(total)) for total in totals]
