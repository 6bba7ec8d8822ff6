"""A network with one hidden layer of sigmoids, and its training by Adam.

answer = sigmoid(x W1 + b1) W2 + b2
"""

import numpy as np

ADAM = (0.9, 0.999, 1e-8)


def start(rng, inputs, hidden, outputs):
    """Glorot's weights, and biases of zero."""
    return [
        _glorot(rng, inputs, hidden),
        np.zeros(hidden),
        _glorot(rng, hidden, outputs),
        np.zeros(outputs),
    ]


def _glorot(rng, inputs, outputs):
    limit = np.sqrt(6 / (inputs + outputs))
    return rng.uniform(-limit, limit, (inputs, outputs))


def hidden(x, weights):
    return 1 / (1 + np.exp(-np.clip(x @ weights[0] + weights[1], -500, 500)))


def answer(x, weights):
    return hidden(x, weights) @ weights[2] + weights[3]


def probabilities(scores):
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def squared(x, y, weights):
    """The mean squared error."""
    return np.mean((answer(x, weights) - y) ** 2)


def squared_error(scores, y):
    """The gradient of the mean squared error by the answers."""
    return 2 * (scores - y) / y.size


def classified(scores, labels):
    """The gradient of the mean cross-entropy by the scores."""
    error = probabilities(scores)
    error[np.arange(len(labels)), labels] -= 1
    return error / len(labels)


def logistic(logits, labels):
    """The gradient of the mean logistic loss by the logits."""
    return (1 / (1 + np.exp(-np.clip(logits, -500, 500))) - labels[:, None]) / len(labels)


def gradient(x, y, weights, error):
    """The gradient by each of the weights, if `error` is that by the answers."""
    h = hidden(x, weights)
    above = error(h @ weights[2] + weights[3], y)
    below = above @ weights[2].T * h * (1 - h)
    return [x.T @ below, below.sum(axis=0), h.T @ above, above.sum(axis=0)]


def epochs(rng, x, y, weights, error, *, rate, batch, count):
    """Train with Adam, and yield the weights after each epoch."""
    mean, square = ([np.zeros_like(w) for w in weights] for _ in range(2))
    fade, slow, least = ADAM
    step = 0
    for _ in range(count):
        order = rng.permutation(len(x))
        for at in range(0, len(x), batch):
            part, step = order[at : at + batch], step + 1
            grads = gradient(x[part], y[part], weights, error)
            mean = [fade * m + (1 - fade) * g for m, g in zip(mean, grads, strict=True)]
            square = [slow * s + (1 - slow) * g**2 for s, g in zip(square, grads, strict=True)]
            size = rate * np.sqrt(1 - slow**step) / (1 - fade**step)
            moves = zip(weights, mean, square, strict=True)
            weights = [w - size * m / (np.sqrt(s) + least) for w, m, s in moves]
        yield weights
