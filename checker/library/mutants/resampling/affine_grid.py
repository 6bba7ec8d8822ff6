"""Mutants of affine grids."""

import numpy as np

from checker.library.marks import convention, term
from reference.resampling.affine_grid import backward, forward


def _grid(theta, points):
    """A times these points, whose last axis is that of the coordinates and 1."""
    return np.einsum("nij,...j->n...i", theta, points)


def _points(size, places):
    """The coordinates places(length) along each axis, the last axis first, and 1."""
    lines = np.meshgrid(*(places(count) for count in size), indexing="ij")
    return np.stack([*lines[::-1], np.ones(size)], axis=-1)


def _edges(count):
    return (2 * np.arange(count) + 1) / count - 1


@convention
def other_corners(theta, *, size, align_corners=False):
    """align_corners is the other way round.

    Does -1 mean the edge of the first pixel, or its centre?
    """
    return forward(theta, size=size, align_corners=not align_corners)


@convention
def height_first(theta, *, size, align_corners=False):
    """The first coordinate is that of the height; it is that of the width.

    In which order does a point (x, y) have its coordinates?
    """
    return forward(theta, size=size, align_corners=align_corners)[..., ::-1]


def points_with_height_first(theta, *, size, align_corners=False):
    """The points go into A with the height first; the width comes first.

    What does the first column of A multiply?
    """
    turned = np.concatenate([theta[..., -2::-1], theta[..., -1:]], axis=-1)
    return forward(turned, size=size, align_corners=align_corners)


def from_0_to_1(theta, *, size, align_corners=False):
    """The coordinates go from 0 to 1; they go from -1 to 1.

    Where is the middle of the image?
    """
    return _grid(theta, _points(size, lambda count: (np.arange(count) + 0.5) / count))


def in_pixels(theta, *, size, align_corners=False):
    """The coordinates are counted in pixels; they go from -1 to 1, whatever the size is.

    Where is the middle of the image?
    """
    return _grid(theta, _points(size, lambda count: np.arange(count) * 1.0))


def first_corners(theta, *, size, align_corners=False):
    """Each pixel is shown by its first corner; it is shown by its centre.

    Is your grid symmetrical about 0?
    """
    return _grid(theta, _points(size, lambda count: 2 * np.arange(count) / count - 1))


def without_the_shift(theta, *, size, align_corners=False):
    """The last column of A, the shift, is left out.

    Which place does the middle of the new image show?
    """
    turned = theta * (np.arange(theta.shape[2]) < theta.shape[1])
    return forward(turned, size=size, align_corners=align_corners)


def transposed(theta, *, size, align_corners=False):
    """The square part of A is transposed: points are multiplied from the other side.

    Is it the sum over the rows or over the columns of A?
    """
    square = theta[:, :, :-1].swapaxes(1, 2)
    turned = np.concatenate([square, theta[:, :, -1:]], axis=2)
    return forward(turned, size=size, align_corners=align_corners)


def image_turned_over(theta, *, size, align_corners=False):
    """The height runs from the bottom to the top; it runs from the top down.

    Which coordinate has the first row?
    """
    return forward(theta, size=size, align_corners=align_corners)[:, ::-1]


def without_the_points(grad, theta, *, size, align_corners=False):
    """The points of the new image are forgotten in the gradient; it is multiplied by them.

    How much does y change if one entry of A changes by 1?
    """
    columns = grad.sum(axis=tuple(range(1, grad.ndim - 1)))
    return (np.repeat(columns[:, :, None], theta.shape[2], axis=2),)


def mean_over_the_pixels(grad, theta, *, size, align_corners=False):
    """The gradient is averaged over the pixels; all of them share A, so it is summed.

    How many pixels does one entry of A move?
    """
    (dtheta,) = backward(grad, theta, size=size, align_corners=align_corners)
    return (dtheta / np.prod(size),)


def gradient_of_other_corners(grad, theta, *, size, align_corners=False):
    """The gradient belongs to the other value of align_corners.

    Are these the same points as on the way forwards?
    """
    return backward(grad, theta, size=size, align_corners=not align_corners)


def no_gradient_of_the_shift(grad, theta, *, size, align_corners=False):
    """The last column, the shift, gets no gradient.

    What does the shift do to every place?
    """
    (dtheta,) = backward(grad, theta, size=size, align_corners=align_corners)
    return (dtheta * (np.arange(theta.shape[2]) < theta.shape[1]),)


def gradient_with_height_first(grad, theta, *, size, align_corners=False):
    """The gradient has the rows of A in the other order.

    Which row of A makes the first coordinate?
    """
    (dtheta,) = backward(grad, theta, size=size, align_corners=align_corners)
    return (dtheta[:, ::-1],)


def summed_over_the_batch(grad, theta, *, size, align_corners=False):
    """The gradient is summed over the examples, each of which has its own A.

    Which shape does theta have?
    """
    (dtheta,) = backward(grad, theta, size=size, align_corners=align_corners)
    return (0 * theta + dtheta.sum(axis=0),)


@term
def _sum_of_the_upstream(grad, theta, *, size, align_corners=False):
    """sum of g over the pixels"""
    return (grad.sum(axis=tuple(range(1, grad.ndim - 1)))[:, :, None] + 0 * theta,)
