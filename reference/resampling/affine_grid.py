"""Affine grid: for each pixel of a new image, the place in the old image that it shows.

    y[n, p, q] = A[n] (u_q, v_p, 1)^T                       (forward; A is theta)
    dL/dA[n] = sum_pq g[n, p, q] (u_q, v_p, 1)              (backward, g = dL/dy)
    u_q = (2 q + 1) / width - 1,   v_p = (2 p + 1) / height - 1

A picks for each new pixel a place in coordinates from -1 to 1: the first is along the width, the
second along the height, and with three axes the third along the depth. The operation `grid_sample`
takes this grid. As A leads from the new image to the old one, a factor of 2 in it makes the image
smaller, and not larger.

Without `align_corners`, -1 and 1 are the outer edges of the outermost pixels; with it, they are
their centres, so that u_q = 2 q / (width - 1) - 1. An axis with one pixel has it at 0.

`theta` has shape (n, d, d + 1), for two or three axes, and `size` is (height, width) or (depth,
height, width); PyTorch takes (n, channels, height, width). The grid has shape (n, *size, d). A
theta of another shape, or an axis without pixels, raises ValueError.

    >>> forward(np.array([[[1.0, 0, 0], [0, 1, 0]]]), size=(1, 2))
    array([[[[-0.5,  0. ],
             [ 0.5,  0. ]]]])

Source: Jaderberg et al. 2015, section 3.2, eq. 1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Convention, Gradients, Real, Spec, Try, settings_of

Lengths = tuple[int, ...]


def forward(
    theta: Shaped[Real, "n len(size) len(size)+1"],
    *,
    size: Shaped[Lengths, Try(((3, 4), (2, 3, 4), (1, 5)))],
    align_corners: Shaped[bool, Convention((False, True))] = False,
) -> Shaped[Real, "n ..."]:
    points = _points(theta, size, align_corners)
    axes = tuple(range(1, 1 + len(size)))
    grid = np.zeros_like(theta, shape=(len(theta), *size, len(size)))
    for k, point in enumerate(points):
        grid = grid + np.expand_dims(theta[:, :, k], axes) * point[..., None]
    return grid


@settings_of(forward)
def backward(grad: Real, theta: Real, *, size: Lengths, align_corners: bool) -> Gradients:
    points = _points(theta, size, align_corners)
    axes = tuple(range(1, 1 + len(size)))
    columns = [(grad * point[..., None]).sum(axis=axes) for point in points]
    return (np.stack(columns, axis=-1),)


def _points(theta: Real, size: Lengths, align_corners: bool) -> list[Real]:
    """The coordinates of the new pixels, the last axis first, and 1."""
    rank = len(size)
    if rank not in (2, 3) or theta.shape[1:] != (rank, rank + 1) or min(size) < 1:
        raise ValueError(f"theta of shape {theta.shape} gives no grid of size {size}")
    one = np.ones(size, dtype=int).astype(theta.dtype)
    points = [one]
    for axis, count in enumerate(size):
        twice = 2 * np.arange(count) + 1 - count  # of the distance from the middle, in pixels
        most = count if not align_corners else max(count - 1, 1)
        line = twice.astype(theta.dtype) / most
        points.insert(0, one * np.reshape(line, (-1, *[1] * (rank - 1 - axis))))
    return points


def identity_shows_every_pixel(f, theta, *, size, align_corners):
    """Without a turn, a shift or a stretch, the middle of the grid is 0 in every coordinate."""
    same = np.eye(len(size), len(size) + 1) + 0 * theta
    grid = f(same, size=size, align_corners=align_corners)
    return grid + np.flip(grid, tuple(range(1, 1 + len(size)))), 0 * grid


def a_shift_is_added(f, theta, **settings):
    """The last column of theta is added to every place."""
    axes = tuple(range(1, theta.shape[1] + 1))
    without = theta * (np.arange(theta.shape[2]) < theta.shape[1])
    shift = np.expand_dims(theta[:, :, -1], axes)
    return f(theta, **settings), f(without, **settings) + shift


def linear(f, theta, **settings):
    """The grid of a sum is the sum of the grids."""
    other = theta[:, ::-1]
    return f(theta + 2 * other, **settings), f(theta, **settings) + 2 * f(other, **settings)


def corners_are_at_one(f, theta, *, size, align_corners):
    """With align_corners, the last pixel is at 1 in every coordinate with several pixels."""
    ones = np.array([float(n > 1) for n in size[::-1]])
    same = np.eye(len(size), len(size) + 1) + 0 * theta
    last = f(same, size=size, align_corners=True)[(slice(None), *[-1] * len(size))]
    return last, 0 * last + ones


def _torch(torch, theta, size, align_corners):
    shape = (len(theta), 1, *size)
    return torch.nn.functional.affine_grid(theta, shape, align_corners=align_corners)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(identity_shows_every_pixel, a_shift_is_added, linear, corners_are_at_one),
)
