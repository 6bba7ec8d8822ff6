"""Right ways to compute a pixel unshuffle and its gradient."""

import numpy as np


def stacked(x, *, factor):
    parts = [x[..., i::factor, j::factor] for i in range(factor) for j in range(factor)]
    height, width = x.shape[-2] // factor, x.shape[-1] // factor
    return (
        np.stack(parts, axis=-3).reshape(*x.shape[:-3], -1, height, width)
        if x.size
        else np.zeros((*x.shape[:-3], x.shape[-3] * factor**2, height, width))
    )


def pixel_by_pixel(x, *, factor):
    *others, channels, height, width = x.shape
    y = np.zeros((*others, channels * factor**2, height // factor, width // factor))
    for c, p, q in np.ndindex(x.shape[-3:]):
        channel = c * factor**2 + p % factor * factor + q % factor
        y[..., channel, p // factor, q // factor] = x[..., c, p, q]
    return y


def by_einsum(x, *, factor):
    *others, channels, height, width = x.shape
    table = x.reshape(*others, channels, height // factor, factor, width // factor, factor)
    turned = np.einsum("...piqj->...ijpq", table)
    return turned.reshape(*others, channels * factor**2, height // factor, width // factor)


def channel_by_channel(x, *, factor):
    *others, channels, height, width = x.shape
    y = np.zeros((*others, channels * factor**2, height // factor, width // factor))
    for channel in range(y.shape[-3]):
        c, rest = divmod(channel, factor**2)
        i, j = divmod(rest, factor)
        y[..., channel, :, :] = x[..., c, i::factor, j::factor]
    return y


def gradient_channel_by_channel(grad, x, *, factor):
    dx = np.zeros(x.shape)
    for channel in range(grad.shape[-3]):
        c, rest = divmod(channel, factor**2)
        i, j = divmod(rest, factor)
        dx[..., c, i::factor, j::factor] = grad[..., channel, :, :]
    return (dx,)


def gradient_by_einsum(grad, x, *, factor):
    *others, channels, height, width = x.shape
    table = grad.reshape(*others, channels, factor, factor, height // factor, width // factor)
    return (np.einsum("...ijpq->...piqj", table).reshape(x.shape),)


def gradient_by_numbers(grad, x, *, factor):
    """Where each number goes is found by unshuffling the numbers of their places."""
    places = channel_by_channel(np.arange(x.size).reshape(x.shape), factor=factor)
    dx = np.zeros(x.size)
    dx[places.ravel().astype(int)] = grad.ravel()
    return (dx.reshape(x.shape),)
