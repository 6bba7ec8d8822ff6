"""Right ways to damp a channel by its neighbours."""

import numpy as np


def channel_by_channel(x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    y = np.empty(x.shape)
    for c in range(x.shape[1]):
        near = x[:, max(0, c - size // 2) : c + (size - 1) // 2 + 1]
        y[:, c] = x[:, c] * (k + alpha * (near**2).sum(axis=1) / size) ** -beta
    return y


def by_a_matrix(x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    """The sums are a product with a band of ones."""
    total = np.einsum("dc,nc...->nd...", _band(x, size), np.square(x))
    return x / np.power(k + alpha / size * total, beta)


def by_a_running_sum(x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    """Differences of the sums from the first channel on."""
    pads = [(0, 0), (size // 2 + 1, (size - 1) // 2), *[(0, 0)] * (x.ndim - 2)]
    sums = np.cumsum(np.pad(x * x, pads), axis=1)
    return x / (k + alpha / size * (sums[:, size:] - sums[:, :-size])) ** beta


def from_each_channel(grad, x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    """Each output sends its gradient to all channels that it looked at."""
    dx = np.zeros(x.shape)
    for c in range(x.shape[1]):
        near = slice(max(0, c - size // 2), c + (size - 1) // 2 + 1)
        s = k + alpha / size * (x[:, near] ** 2).sum(axis=1)
        dx[:, c] += grad[:, c] * s**-beta
        slope = -beta * grad[:, c] * x[:, c] * s ** (-beta - 1) * alpha / size
        dx[:, near] += 2 * x[:, near] * slope[:, None]
    return (dx,)


def by_the_transposed_matrix(grad, x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    band = _band(x, size)
    s = k + alpha / size * np.einsum("dc,nc...->nd...", band, x * x)
    slope = np.einsum("dc,nd...->nc...", band, grad * x * s ** (-beta - 1))
    return (grad * s**-beta - 2 * alpha * beta / size * x * slope,)


def by_the_logarithm(grad, x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    """The output, times the relative change of each of its factors."""
    band = _band(x, size)
    s = k + alpha / size * np.einsum("dc,nc...->nd...", band, x * x)
    shrunk = np.exp(-beta * np.log(s))
    relative = np.einsum("dc,nd...->nc...", band, grad * x * shrunk / s)
    return (grad * shrunk - relative * x * (2 * alpha * beta / size),)


def _band(x, size):
    """Which channels each channel looks at."""
    at = np.arange(x.shape[1])
    ahead = at - at[:, None]
    return ((ahead >= -(size // 2)) & (ahead <= (size - 1) // 2)).astype(x.dtype)
