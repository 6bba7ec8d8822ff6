"""Right ways to normalise each channel of each example."""

import numpy as np

from checker.library.variants.regularisation import _channels


def with_mean_and_var(x, gamma, beta, *, epsilon=1e-5):
    keep = {"axis": tuple(range(2, x.ndim)), "keepdims": True}
    return _channels.scaled((x - x.mean(**keep)) / np.sqrt(x.var(**keep) + epsilon), gamma, beta)


def channel_by_channel(x, gamma, beta, *, epsilon=1e-5):
    y = np.empty(x.shape)
    for at in np.ndindex(*x.shape[:2]):
        centred = x[at] - x[at].mean()
        spread = ((centred * centred).mean() + epsilon) ** 0.5
        y[at] = centred / spread
        y[at] = y[at] * (1 if gamma is None else gamma[at[1]])
        y[at] = y[at] + (0 if beta is None else beta[at[1]])
    return y


def channels_as_columns(x, gamma, beta, *, epsilon=1e-5):
    columns = x.reshape(x.shape[0] * x.shape[1], int(np.prod(x.shape[2:]))).T
    normal = (columns - columns.mean(axis=0)) / np.sqrt(columns.var(axis=0) + epsilon)
    return _channels.scaled(normal.T.reshape(x.shape), gamma, beta)


def step_by_step(grad, x, gamma, beta, *, epsilon=1e-5):
    """Through mean, variance and root one after another."""
    keep = {"axis": tuple(range(2, x.ndim)), "keepdims": True}
    centred, variance = x - x.mean(**keep), x.var(**keep) + epsilon
    up = _channels.scaled(grad, gamma, None)
    dvariance = (up * centred).sum(**keep) * -0.5 * variance**-1.5
    dmean = -up.sum(**keep) / np.sqrt(variance)
    dx = up / np.sqrt(variance) + (2 * dvariance * centred + dmean) / np.prod(x.shape[2:])
    return dx, *_channels.gradients(grad, centred / np.sqrt(variance), gamma, beta)


def all_in_one(grad, x, gamma, beta, *, epsilon=1e-5):
    """n g minus its sums, divided by n."""
    keep = {"axis": tuple(range(2, x.ndim)), "keepdims": True}
    size = np.prod(x.shape[2:])
    spread = np.sqrt(x.var(**keep) + epsilon)
    normal = (x - x.mean(**keep)) / spread
    up = _channels.scaled(grad, gamma, None)
    inner = size * up - up.sum(**keep) - normal * (up * normal).sum(**keep)
    return inner / (size * spread), *_channels.gradients(grad, normal, gamma, beta)


def by_the_jacobian(grad, x, gamma, beta, *, epsilon=1e-5):
    """One matrix of derivatives for each channel of each example."""
    rows = x.reshape(x.shape[0] * x.shape[1], int(np.prod(x.shape[2:])))
    dx, normal, size = np.empty(rows.shape), np.empty(rows.shape), rows.shape[1]
    up = _channels.scaled(grad, gamma, None).reshape(rows.shape)
    for k, values in enumerate(rows):
        spread = np.sqrt(values.var() + epsilon)
        normal[k] = (values - values.mean()) / spread
        jacobian = (np.eye(size) - 1 / size - np.outer(normal[k], normal[k]) / size) / spread
        dx[k] = jacobian @ up[k]
    return dx.reshape(x.shape), *_channels.gradients(grad, normal.reshape(x.shape), gamma, beta)
