"""Right ways to compute a pixel shuffle and its gradient."""

import numpy as np


def channel_by_channel(x, *, factor):
    *others, channels, height, width = x.shape
    y = np.zeros((*others, channels // factor**2, height * factor, width * factor))
    for channel in range(channels):
        c, rest = divmod(channel, factor**2)
        i, j = divmod(rest, factor)
        y[..., c, i::factor, j::factor] = x[..., channel, :, :]
    return y


def pixel_by_pixel(x, *, factor):
    *others, channels, height, width = x.shape
    y = np.zeros((*others, channels // factor**2, height * factor, width * factor))
    for c, p, q in np.ndindex(y.shape[-3:]):
        channel = c * factor**2 + p % factor * factor + q % factor
        y[..., c, p, q] = x[..., channel, p // factor, q // factor]
    return y


def transposed_axes(x, *, factor):
    height, width = x.shape[-2:]
    table = x.reshape(-1, factor, factor, height, width).transpose(0, 3, 1, 4, 2)
    return table.reshape(*x.shape[:-3], x.shape[-3] // factor**2, height * factor, width * factor)


def by_einsum(x, *, factor):
    *others, channels, height, width = x.shape
    table = x.reshape(*others, channels // factor**2, factor, factor, height, width)
    turned = np.einsum("...ijpq->...piqj", table)
    return turned.reshape(*others, channels // factor**2, height * factor, width * factor)


def gradient_channel_by_channel(grad, x, *, factor):
    dx = np.zeros(x.shape)
    for channel in range(x.shape[-3]):
        c, rest = divmod(channel, factor**2)
        i, j = divmod(rest, factor)
        dx[..., channel, :, :] = grad[..., c, i::factor, j::factor]
    return (dx,)


def gradient_stacked(grad, x, *, factor):
    squares = [grad[..., i::factor, j::factor] for i in range(factor) for j in range(factor)]
    return (np.stack(squares, axis=-3).reshape(x.shape),)


def gradient_by_numbers(grad, x, *, factor):
    """Where each number goes is found by shuffling the numbers of their places."""
    places = channel_by_channel(np.arange(x.size).reshape(x.shape), factor=factor)
    dx = np.zeros(x.size)
    dx[places.ravel().astype(int)] = grad.ravel()
    return (dx.reshape(x.shape),)
