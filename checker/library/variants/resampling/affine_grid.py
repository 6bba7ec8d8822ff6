"""Right ways to compute an affine grid and its gradient."""

import numpy as np


def _line(count, align_corners):
    if count == 1:
        return np.zeros(1)
    most = 1.0 if align_corners else 1.0 - 1.0 / count
    return np.linspace(-most, most, count)


def _points(size, align_corners):
    """Every pixel of the new image as a row: its coordinates, the last axis first, and 1."""
    lines = np.meshgrid(*(_line(count, align_corners) for count in size), indexing="ij")
    flat = [line.ravel() for line in lines[::-1]]
    return np.stack([*flat, np.ones(len(flat[0]))], axis=1)


def one_product(theta, *, size, align_corners=False):
    grid = _points(size, align_corners) @ theta.swapaxes(1, 2)
    return grid.reshape(len(theta), *size, len(size))


def with_einsum(theta, *, size, align_corners=False):
    points = _points(size, align_corners).reshape(*size, -1)
    return np.einsum("nij,...j->n...i", theta, points)


def pixel_by_pixel(theta, *, size, align_corners=False):
    lines = [_line(count, align_corners) for count in size]
    grid = np.zeros((len(theta), *size, len(size)))
    for p in np.ndindex(*size):
        point = np.array([line[i] for line, i in zip(lines, p, strict=True)][::-1])
        grid[:, *p] = theta[:, :, :-1] @ point + theta[:, :, -1]
    return grid


def axis_by_axis(theta, *, size, align_corners=False):
    """The shift, and what each axis adds to it."""
    rank = len(size)
    grid = np.zeros((len(theta), *size, rank)) + theta[:, None, :, -1].reshape(
        len(theta), *[1] * rank, rank
    )
    for axis, count in enumerate(size):
        line = _line(count, align_corners).reshape(-1, *[1] * (rank - axis))
        column = theta[:, :, rank - 1 - axis].reshape(len(theta), *[1] * rank, rank)
        grid = grid + line * column
    return grid


def gradient_as_one_product(grad, theta, *, size, align_corners=False):
    flat = grad.reshape(len(theta), int(np.prod(size)), len(size))
    return (flat.swapaxes(1, 2) @ _points(size, align_corners),)


def gradient_with_einsum(grad, theta, *, size, align_corners=False):
    flat = grad.reshape(len(theta), int(np.prod(size)), len(size))
    return (np.einsum("npi,pj->nij", flat, _points(size, align_corners)),)


def gradient_pixel_by_pixel(grad, theta, *, size, align_corners=False):
    points = _points(size, align_corners).reshape(*size, -1)
    dtheta = np.zeros(theta.shape)
    for p in np.ndindex(*size):
        dtheta += grad[:, *p][:, :, None] * points[p]
    return (dtheta,)


def gradient_entry_by_entry(grad, theta, *, size, align_corners=False):
    points = _points(size, align_corners).reshape(*size, -1)
    dtheta = np.zeros(theta.shape)
    for n, i, j in np.ndindex(*theta.shape):
        dtheta[n, i, j] = np.sum(grad[n, ..., i] * points[..., j])
    return (dtheta,)
