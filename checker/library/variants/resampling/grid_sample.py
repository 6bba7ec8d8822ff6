"""Right ways to sample an image at the places of a grid."""

from typing import Any

import numpy as np

PADDED = {"zeros": "constant", "border": "edge"}


def _place(u, length, align_corners):
    return (u + 1) / 2 * (length - 1) if align_corners else ((u + 1) * length - 1) / 2


def _kernel(mode, distance):
    """Weight and slope of a pixel at this distance from the place."""
    d, sign = np.abs(distance), np.sign(distance)
    if mode == "nearest":
        return np.where(d < 0.5, 1.0, 0.0), 0 * d
    if mode == "bilinear":
        return np.maximum(1 - d, 0), np.where(d < 1, -sign, 0)
    near, far = d < 1, (d >= 1) & (d < 2)
    weight = near * (1.25 * d**3 - 2.25 * d**2 + 1) - 0.75 * far * (d**3 - 5 * d**2 + 8 * d - 4)
    return weight, sign * (near * (3.75 * d**2 - 4.5 * d) - 0.75 * far * (3 * d**2 - 10 * d + 8))


def _matrices(x, grid, mode, padding_mode, align_corners):
    """For each axis, the weights and the slopes of all its pixels for every place."""
    for axis, length in enumerate(x.shape[2:]):
        u, more = grid[..., -1 - axis, None], length + 3
        mirror = "reflect" if align_corners else "symmetric"
        beyond: Any = PADDED.get(padding_mode, mirror)
        wide = np.pad(np.eye(length), ((more, more), (0, 0)), mode=beyond)
        distance = _place(u, length, align_corners) - np.arange(-more, length + more)
        weight, slope = _kernel(mode, distance)
        reach = (length - align_corners) / 2
        yield weight @ wide, reach * slope @ wide


def _mixed(x, matrices):
    """Sum of the image times the weights of each axis."""
    letters = "hijk"[: x.ndim - 2]
    weights = ",".join(f"n...{letter}" for letter in letters)
    return np.einsum(f"nc{letters},{weights}->nc...", x, *matrices)


def by_dense_weights(x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False):
    return _mixed(x, [w for w, _ in _matrices(x, grid, mode, padding_mode, align_corners)])


def place_by_place(x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False):
    matrices = list(_matrices(x, grid, mode, padding_mode, align_corners))
    y = np.zeros((*x.shape[:2], *grid.shape[1:-1]))
    for n, *p in np.ndindex(grid.shape[:-1]):
        lines = x[n]
        for weights, _ in matrices[::-1]:
            lines = lines @ weights[n, *p]
        y[n, :, *p] = lines
    return y


def _index(i, length, padding_mode, align_corners):
    """The pixel that stands for pixel i, or None."""
    while not 0 <= i < length:
        if padding_mode == "zeros":
            return None
        if padding_mode == "border" or length == 1:
            i = min(max(i, 0), length - 1)
        elif i < 0:
            i = -i if align_corners else -i - 1
        else:
            i = 2 * (length - 1) - i + (not align_corners)
    return i


def _neighbours(u, length, mode, padding_mode, align_corners):
    """The pixels around one place with their weights and slopes."""
    place = _place(u, length, align_corners)
    first = int(np.floor(place))
    near = [round(place)] if mode == "nearest" else range(first - 1, first + 3)
    for i in near:
        weight, slope = _kernel(mode, place - i)
        pixel = _index(i, length, padding_mode, align_corners)
        if pixel is not None:
            yield pixel, weight, slope * (length - align_corners) / 2


def _corners(lists):
    """All combinations of a neighbour of each axis."""
    if not lists:
        yield (), 1.0, []
        return
    for pixel, weight, slope in lists[0]:
        for pixels, others, slopes in _corners(lists[1:]):
            turned = [slope * others, *(weight * other for other in slopes)]
            yield (pixel, *pixels), weight * others, turned


def corner_by_corner(x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False):
    y = np.zeros((*x.shape[:2], *grid.shape[1:-1]))
    for n, *p in np.ndindex(grid.shape[:-1]):
        lists = [
            list(_neighbours(u, length, mode, padding_mode, align_corners))
            for u, length in zip(grid[n, *p][::-1], x.shape[2:], strict=True)
        ]
        for pixels, weight, _ in _corners(lists):
            y[n, :, *p] += weight * x[n, :, *pixels]
    return y


def one_example_after_the_other(
    x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False
):
    settings = {"mode": mode, "padding_mode": padding_mode, "align_corners": align_corners}
    rows = [by_dense_weights(x[n : n + 1], grid[n : n + 1], **settings) for n in range(len(x))]
    return np.concatenate(rows)


def dense_gradients(grad, x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False):
    both = list(_matrices(x, grid, mode, padding_mode, align_corners))
    letters, places = "hijk"[: x.ndim - 2], "pqrs"[: x.ndim - 2]
    weights = ",".join(f"n{places}{letter}" for letter in letters)
    dx = np.einsum(f"nc{places},{weights}->nc{letters}", grad, *(w for w, _ in both))
    dgrid = np.zeros(grid.shape)
    for axis, (_, slope) in enumerate(both):
        mixed = _mixed(x, [slope if k == axis else w for k, (w, _) in enumerate(both)])
        dgrid[..., len(both) - 1 - axis] = (grad * mixed).sum(axis=1)
    return dx, dgrid


def gradients_corner_by_corner(
    grad, x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False
):
    dx, dgrid = np.zeros(x.shape), np.zeros(grid.shape)
    for n, *p in np.ndindex(grid.shape[:-1]):
        lists = [
            list(_neighbours(u, length, mode, padding_mode, align_corners))
            for u, length in zip(grid[n, *p][::-1], x.shape[2:], strict=True)
        ]
        for pixels, weight, slopes in _corners(lists):
            dx[n, :, *pixels] += weight * grad[n, :, *p]
            dgrid[n, *p] += np.array(slopes[::-1]) * (x[n, :, *pixels] @ grad[n, :, *p])
    return dx, dgrid


def gradients_place_by_place(
    grad, x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False
):
    both = list(_matrices(x, grid, mode, padding_mode, align_corners))
    dx, dgrid = np.zeros(x.shape), np.zeros(grid.shape)
    for n, *p in np.ndindex(grid.shape[:-1]):
        share = grad[n, :, *p]
        for weights, _ in both:
            share = np.multiply.outer(share, weights[n, *p])
        dx[n] += share
        for axis in range(len(both)):
            lines = x[n]
            for k in reversed(range(len(both))):
                lines = lines @ both[k][k == axis][n, *p]
            dgrid[n, *p, len(both) - 1 - axis] = lines @ grad[n, :, *p]
    return dx, dgrid


def gradients_one_example_after_the_other(
    grad, x, grid, *, mode="bilinear", padding_mode="zeros", align_corners=False
):
    settings = {"mode": mode, "padding_mode": padding_mode, "align_corners": align_corners}
    one = [slice(n, n + 1) for n in range(len(x))]
    found = [dense_gradients(grad[at], x[at], grid[at], **settings) for at in one]
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))
