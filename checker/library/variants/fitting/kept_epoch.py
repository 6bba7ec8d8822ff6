"""Right ways to train beyond the turn of the validation loss, and to keep an epoch."""

import numpy as np


def all_at_once(x, labels, x_validation, labels_validation, new, *, seed):
    """Steps with all examples and momentum, in a fixed number of epochs."""
    weights = _start(x, seed, 20)
    speeds = [np.zeros_like(w) for w in weights]
    on_validation, on_new = [_logits(x_validation, weights)], [_logits(new, weights)]
    for _ in range(250):
        grads = _gradient(x, labels, weights)
        speeds = [0.9 * v - 0.2 * g for v, g in zip(speeds, grads, strict=True)]
        weights = [w + v for w, v in zip(weights, speeds, strict=True)]
        on_validation.append(_logits(x_validation, weights))
        on_new.append(_logits(new, weights))
    losses = [_loss(z, labels_validation) for z in on_validation]
    return on_validation, on_new, np.argmin(losses)


def until_it_has_turned(x, labels, x_validation, labels_validation, new, *, seed):
    """Small batches, until the validation loss is half as large again as its least value."""
    rng = np.random.default_rng(seed)
    weights = _start(x, seed, 30)
    rows = [(_logits(x_validation, weights), _logits(new, weights))]
    losses = [_loss(rows[0][0], labels_validation)]
    while losses[-1] < 1.5 * min(losses) and len(losses) < 300:
        for part in np.array_split(rng.permutation(len(x)), 6):
            grads = _gradient(x[part], labels[part], weights)
            weights = [w - 0.3 * g for w, g in zip(weights, grads, strict=True)]
        rows.append((_logits(x_validation, weights), _logits(new, weights)))
        losses.append(_loss(rows[-1][0], labels_validation))
    on_validation, on_new = map(np.stack, zip(*rows, strict=True))
    return on_validation, on_new, losses.index(min(losses))


def in_single_precision(x, labels, x_validation, labels_validation, new, *, seed):
    """Each step with one example, remembering the best row on the way."""
    rng = np.random.default_rng(seed)
    x, x_validation, new = (part.astype(np.float32) for part in (x, x_validation, new))
    weights = [w.astype(np.float32) for w in _start(x, seed, 12)]
    best, kept = np.inf, 0
    on_validation, on_new = [], []
    for epoch in range(60):
        on_validation.append(_logits(x_validation, weights))
        on_new.append(_logits(new, weights))
        loss = _loss(on_validation[-1].astype(float), labels_validation)
        if loss < best:
            best, kept = loss, epoch
        for i in rng.permutation(len(x)):
            grads = _gradient(x[i : i + 1], labels[i : i + 1], weights)
            weights = [w - np.float32(0.1) * g for w, g in zip(weights, grads, strict=True)]
    return np.array(on_validation), np.array(on_new), kept


def _start(x, seed, units):
    rng = np.random.default_rng(seed)
    shape = x.shape[1], units
    return [rng.normal(0, 0.5, shape), np.zeros(units), rng.normal(0, 0.2, units), np.zeros(1)]


def _logits(x, weights):
    w1, b1, w2, b2 = weights
    return np.tanh(x @ w1 + b1) @ w2 + b2


def _loss(z, labels):
    return np.mean(np.logaddexp(0, z) - labels * z)


def _gradient(x, labels, weights):
    w1, b1, w2, b2 = weights
    h = np.tanh(x @ w1 + b1)
    d = (1 / (1 + np.exp(-(h @ w2 + b2))) - labels) / len(x)
    below = d[:, None] * w2 * (1 - h**2)
    return [x.T @ below, below.sum(axis=0), h.T @ d, d.sum(keepdims=True)]
