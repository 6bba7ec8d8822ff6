"""Right ways to normalise channels in groups."""

import numpy as np

from checker.library.variants.regularisation import _channels


def with_mean_and_var(x, gamma, beta, *, groups, epsilon=1e-5):
    split = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    keep = {"axis": tuple(range(2, split.ndim)), "keepdims": True}
    normal = (split - split.mean(**keep)) / np.sqrt(split.var(**keep) + epsilon)
    return _channels.scaled(normal.reshape(x.shape), gamma, beta)


def group_by_group(x, gamma, beta, *, groups, epsilon=1e-5):
    y = np.empty(x.shape)
    count = x.shape[1] // groups
    for example in range(len(x)):
        for first in range(0, x.shape[1], count):
            values = x[example, first : first + count]
            spread = (values.var() + epsilon) ** 0.5
            y[example, first : first + count] = (values - values.mean()) / spread
    return _channels.scaled(y, gamma, beta)


def parts_of_the_channels(x, gamma, beta, *, groups, epsilon=1e-5):
    """The channels are split, normalised and joined again, as columns."""
    found = []
    for part in np.split(x, groups, axis=1):
        columns = part.reshape(len(part), int(np.prod(part.shape[1:]))).T
        centred = columns - columns.mean(axis=0)
        normal = centred / np.sqrt(np.mean(centred * centred, axis=0) + epsilon)
        found.append(normal.T.reshape(part.shape))
    return _channels.scaled(np.concatenate(found, axis=1), gamma, beta)


def step_by_step(grad, x, gamma, beta, *, groups, epsilon=1e-5):
    """Through mean, variance and root one after another."""
    rows = x.reshape(len(x) * groups, int(np.prod(x.shape[1:])) // groups)
    keep = {"axis": 1, "keepdims": True}
    centred, variance = rows - rows.mean(**keep), rows.var(**keep) + epsilon
    up = _channels.scaled(grad, gamma, None).reshape(rows.shape)
    dvariance = (up * centred).sum(**keep) * -0.5 * variance**-1.5
    dmean = -up.sum(**keep) / np.sqrt(variance)
    dx = up / np.sqrt(variance) + (2 * dvariance * centred + dmean) / rows.shape[1]
    normal = (centred / np.sqrt(variance)).reshape(x.shape)
    return dx.reshape(x.shape), *_channels.gradients(grad, normal, gamma, beta)


def all_in_one(grad, x, gamma, beta, *, groups, epsilon=1e-5):
    """n g minus its sums, divided by n."""
    split = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    keep = {"axis": tuple(range(2, split.ndim)), "keepdims": True}
    size = np.prod(split.shape[2:])
    spread = np.sqrt(split.var(**keep) + epsilon)
    normal = (split - split.mean(**keep)) / spread
    up = _channels.scaled(grad, gamma, None).reshape(split.shape)
    inner = size * up - up.sum(**keep) - normal * (up * normal).sum(**keep)
    dx = (inner / (size * spread)).reshape(x.shape)
    return dx, *_channels.gradients(grad, normal.reshape(x.shape), gamma, beta)


def by_the_jacobian(grad, x, gamma, beta, *, groups, epsilon=1e-5):
    """One matrix of derivatives for each group."""
    size = int(np.prod(x.shape[1:])) // groups
    dx, normal = np.empty((len(x) * groups, size)), np.empty((len(x) * groups, size))
    up = _channels.scaled(grad, gamma, None).reshape(dx.shape)
    for k, values in enumerate(x.reshape(dx.shape)):
        spread = np.sqrt(values.var() + epsilon)
        normal[k] = (values - values.mean()) / spread
        jacobian = (np.eye(size) - 1 / size - np.outer(normal[k], normal[k]) / size) / spread
        dx[k] = jacobian @ up[k]
    return dx.reshape(x.shape), *_channels.gradients(grad, normal.reshape(x.shape), gamma, beta)
