"""Right ways to divide each example by its root mean square."""

import numpy as np


def in_one_line(x, gamma, *, axes=1, epsilon=1e-6):
    square = np.mean(np.square(x), axis=_last(gamma, axes), keepdims=True)
    return x / np.sqrt(square + epsilon) * (1 if gamma is None else gamma)


def example_by_example(x, gamma, *, axes=1, epsilon=1e-6):
    y = np.empty(x.shape)
    for at in np.ndindex(*x.shape[: x.ndim - len(_last(gamma, axes))]):
        size = (np.vdot(x[at], x[at]) / x[at].size + epsilon) ** 0.5
        y[at] = x[at] / size * (1 if gamma is None else gamma)
    return y


def by_the_length(x, gamma, *, axes=1, epsilon=1e-6):
    """The length of each column, times the root of what one entry has of it."""
    count = int(np.prod(x.shape[x.ndim - len(_last(gamma, axes)) :]))
    columns = x.reshape(x.size // count, count).T
    longer = np.sqrt(np.linalg.norm(columns, axis=0) ** 2 + count * epsilon)
    normal = (columns * np.sqrt(count) / longer).T.reshape(x.shape)
    return normal if gamma is None else gamma * normal


def step_by_step(grad, x, gamma, *, axes=1, epsilon=1e-6):
    """Through the mean square and its root one after another."""
    keep = {"axis": _last(gamma, axes), "keepdims": True}
    square = (x * x).mean(**keep) + epsilon
    up = grad if gamma is None else grad * gamma
    dsquare = (up * x).sum(**keep) * -0.5 * square**-1.5
    count = np.prod(x.shape[x.ndim - len(keep["axis"]) :])
    return up / np.sqrt(square) + 2 * x * dsquare / count, _dgamma(grad, x, square, gamma)


def all_in_one(grad, x, gamma, *, axes=1, epsilon=1e-6):
    """The numerator over the third power of the root mean square."""
    keep = {"axis": _last(gamma, axes), "keepdims": True}
    square = (x * x).mean(**keep) + epsilon
    up = grad if gamma is None else grad * gamma
    dx = (up - x * (up * x).mean(**keep) / square) * square**-0.5
    return dx, _dgamma(grad, x, square, gamma)


def by_the_jacobian(grad, x, gamma, *, axes=1, epsilon=1e-6):
    """One matrix of derivatives for each example."""
    last = _last(gamma, axes)
    count = int(np.prod(x.shape[x.ndim - len(last) :]))
    rows = x.reshape(x.size // count, count)
    up = (grad if gamma is None else grad * gamma).reshape(rows.shape)
    dx = np.empty(rows.shape)
    for k, values in enumerate(rows):
        size = np.sqrt((values * values).mean() + epsilon)
        normal = values / size
        dx[k] = (np.eye(count) - np.outer(normal, normal) / count) @ up[k] / size
    square = (x * x).mean(axis=last, keepdims=True) + epsilon
    return dx.reshape(x.shape), _dgamma(grad, x, square, gamma)


def _last(gamma, axes):
    return tuple(range(-(axes if gamma is None else gamma.ndim), 0))


def _dgamma(grad, x, square, gamma):
    if gamma is None:
        return None
    return (grad * x / np.sqrt(square)).sum(axis=tuple(range(x.ndim - gamma.ndim)))
