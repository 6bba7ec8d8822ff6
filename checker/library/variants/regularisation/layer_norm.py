"""Right ways to normalise each example."""

import numpy as np


def _count(x, gamma, beta, axes):
    given = [len(np.shape(each)) for each in (gamma, beta) if each is not None]
    return given[0] if given else axes


def with_mean_and_var(x, gamma, beta, *, axes=1, epsilon=1e-5):
    last = tuple(range(-_count(x, gamma, beta, axes), 0))
    y = (x - x.mean(axis=last, keepdims=True)) / np.sqrt(x.var(axis=last, keepdims=True) + epsilon)
    if gamma is not None:
        y = y * gamma
    return y if beta is None else y + beta


def example_by_example(x, gamma, beta, *, axes=1, epsilon=1e-5):
    count = _count(x, gamma, beta, axes)
    y = np.empty(x.shape)
    for at in np.ndindex(*x.shape[: x.ndim - count]):
        values = x[at]
        normal = (values - values.mean()) * (values.var() + epsilon) ** -0.5
        y[at] = normal * (1 if gamma is None else gamma) + (0 if beta is None else beta)
    return y


def examples_as_columns(x, gamma, beta, *, axes=1, epsilon=1e-5):
    size = int(np.prod(x.shape[x.ndim - _count(x, gamma, beta, axes) :]))
    columns = x.reshape(-1, size).T
    centred = columns - columns.mean(axis=0)
    normal = centred / np.sqrt(np.mean(centred * centred, axis=0) + epsilon)
    gain = np.ones(size) if gamma is None else np.ravel(gamma)
    shift = np.zeros(size) if beta is None else np.ravel(beta)
    return (normal.T * gain + shift).reshape(x.shape)


def _parameters(grad, normal, gamma, beta, count):
    examples = tuple(range(grad.ndim - count))
    dgamma = None if gamma is None else (grad * normal).sum(axis=examples)
    return dgamma, None if beta is None else grad.sum(axis=examples)


def step_by_step(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Through mean, variance and root one after another."""
    count = _count(x, gamma, beta, axes)
    keep = {"axis": tuple(range(-count, 0)), "keepdims": True}
    size = np.prod(x.shape[x.ndim - count :])
    centred, variance = x - x.mean(**keep), x.var(**keep) + epsilon
    dnormal = grad if gamma is None else grad * gamma
    dvariance = (dnormal * centred).sum(**keep) * -0.5 * variance**-1.5
    dmean = -dnormal.sum(**keep) / np.sqrt(variance)
    dx = dnormal / np.sqrt(variance) + (2 * dvariance * centred + dmean) / size
    return dx, *_parameters(grad, centred / np.sqrt(variance), gamma, beta, count)


def all_in_one(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """n g minus its sums, divided by n."""
    count = _count(x, gamma, beta, axes)
    keep = {"axis": tuple(range(-count, 0)), "keepdims": True}
    size = np.prod(x.shape[x.ndim - count :])
    spread = np.sqrt(x.var(**keep) + epsilon)
    normal = (x - x.mean(**keep)) / spread
    up = grad if gamma is None else gamma * grad
    inner = size * up - up.sum(**keep) - normal * (up * normal).sum(**keep)
    return inner / (size * spread), *_parameters(grad, normal, gamma, beta, count)


def by_the_jacobian(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """One matrix of derivatives for each example."""
    count = _count(x, gamma, beta, axes)
    size = int(np.prod(x.shape[x.ndim - count :]))
    rows, normal = np.empty((x.size // size, size)), np.empty((x.size // size, size))
    up = (grad if gamma is None else grad * gamma).reshape(-1, size)
    for k, values in enumerate(x.reshape(-1, size)):
        spread = np.sqrt(values.var() + epsilon)
        normal[k] = (values - values.mean()) / spread
        jacobian = (np.eye(size) - 1 / size - np.outer(normal[k], normal[k]) / size) / spread
        rows[k] = jacobian @ up[k]
    parameters = _parameters(grad, normal.reshape(x.shape), gamma, beta, count)
    return rows.reshape(x.shape), *parameters
