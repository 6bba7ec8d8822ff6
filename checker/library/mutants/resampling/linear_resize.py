"""Mutants of linear resizing."""

import numpy as np

from checker.library.marks import convention, term
from reference.resampling._links import new_lengths
from reference.resampling.linear_resize import backward, forward

NOT_APPLICABLE = ("another_axis",)  # examples and channels are treated alike


def _along(images, axis, places):
    """Linear interpolation along one axis at these places, in units of old pixels."""
    old = images.shape[axis]
    places = np.clip(places, 0, old - 1)
    low = np.minimum(np.floor(places).astype(int), old - 1)
    share = np.reshape(places - low, (-1,) + (1,) * (images.ndim - 1 - axis))
    first, second = (np.take(images, k, axis) for k in (low, np.minimum(low + 1, old - 1)))
    return first * (1 - share) + second * share


def _resized(images, new, places):
    """Resized with places(old length, new length) along each axis."""
    for axis, count in enumerate(new, start=2):
        images = _along(images, axis, places(images.shape[axis], count))
    return images


def _settings(size, scale_factor, align_corners, antialias):
    return {
        "size": size,
        "scale_factor": scale_factor,
        "align_corners": align_corners,
        "antialias": antialias,
    }


def nearest_pixel(images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False):
    """Every new pixel is a copy of the nearest old one; here those around it are mixed.

    What colour lies halfway between a black and a white pixel?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, lambda old, n: np.floor((np.arange(n) + 0.5) * old / n))


@convention
def corners_at_zero(images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False):
    """New pixel p lies at p old / new, as in TensorFlow 1; here the centres lie at half pixels.

    Does the mirror image become the mirror image of your result?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, lambda old, n: np.arange(n) * old / n)


@convention
def other_corners(images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False):
    """align_corners is the other way round.

    Is a pixel a point or a square? Where is the left edge of the image?
    """
    settings = _settings(size, scale_factor, not align_corners, antialias)
    return forward(images, **settings)


def half_pixel_not_taken_back(
    images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """Half a pixel is added for the new centre, and not subtracted for the old one.

    Where does the first new pixel lie if the size stays the same?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, lambda old, n: (np.arange(n) + 0.5) * old / n)


def height_and_width_swapped(
    images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """Height and width are exchanged.

    Which axis of the images is the height, and which number of the size?
    """
    size = new_lengths(images, size, scale_factor)
    settings = _settings(size, scale_factor, align_corners, antialias)
    return forward(np.swapaxes(images, 2, -1), **settings)


def weights_exchanged(images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False):
    """The nearer of two pixels gets the smaller weight.

    If the place is 2.1, should pixel 2 or pixel 3 count more?
    """
    new = new_lengths(images, size, scale_factor)
    for axis, count in enumerate(new, start=2):
        old = images.shape[axis]
        places = np.clip((np.arange(count) + 0.5) * old / count - 0.5, 0, old - 1)
        images = _along(images, axis, 2 * np.floor(places) + 1 - places)
    return images


def only_one_axis(images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False):
    """Only the width is interpolated; the rows are copies of the nearest row.

    Look at your result from the side. Do the steps go away?
    """
    new = new_lengths(images, size, scale_factor)
    settings = _settings((*images.shape[2:-1], new[-1]), scale_factor, align_corners, antialias)
    wide = forward(images, **settings)
    return _resized(wide, new[:-1], lambda old, n: np.floor((np.arange(n) + 0.5) * old / n))


def dark_beyond_the_edge(
    images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """Beyond the outermost pixels the image counts as 0, so the edges of the result are too small.

    What becomes of an image that is 1 everywhere?
    """
    new = new_lengths(images, size, scale_factor)
    padded = np.pad(images, ((0, 0), (0, 0), *[(1, 1)] * (images.ndim - 2)))
    return _resized(padded, new, lambda old, n: (np.arange(n) + 0.5) * (old - 2) / n + 0.5)


@convention
def antialias_the_other_way(
    images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """antialias is the other way round.

    Which old pixels are never looked at when an image becomes ten times smaller?
    """
    settings = _settings(size, scale_factor, align_corners, not antialias)
    return forward(images, **settings)


def resized_back(
    grad, images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """The gradient is resized to the old size; each old pixel gets the sum of what it gave.

    If an image becomes twice as large, how many new pixels does one old pixel change?
    """
    return (forward(grad, size=images.shape[2:], align_corners=align_corners),)


def divided_by_the_area(
    grad, images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """The gradient is divided by the growth of the area; it is a sum, not a mean.

    Set every upstream gradient to 1. What should the gradients add up to?
    """
    settings = _settings(size, scale_factor, align_corners, antialias)
    growth = np.prod(grad.shape[2:]) / np.prod(images.shape[2:])
    return (backward(grad, images, **settings)[0] / growth,)


def to_the_nearest_pixel(
    grad, images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """Each gradient goes to the nearest old pixel as a whole.

    Which old pixels does a new pixel depend on?
    """
    for axis in range(2, images.ndim):
        old, new = images.shape[axis], grad.shape[axis]
        nearest = np.floor((np.arange(new) + 0.5) * old / new)
        takes = (nearest[:, None] == np.arange(old)).astype(grad.dtype)
        grad = np.moveaxis(np.moveaxis(grad, axis, -1) @ takes, -1, axis)
    return (grad,)


def last_instead_of_sum(
    grad, images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """Where several new pixels used one old pixel, only one of them counts.

    What does a[i] += g do in numpy if i holds the same number twice?
    """
    settings = _settings(size, scale_factor, align_corners, antialias)
    dx = np.zeros_like(images)
    for p in np.ndindex(*grad.shape[2:]):
        one = np.zeros_like(grad)
        one[:, :, *p] = grad[:, :, *p]
        (part,) = backward(one, images, **settings)
        dx = np.where(part != 0, part, dx)
    return (dx,)


def corners_of_the_other_kind(
    grad, images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """The gradient belongs to the other value of align_corners.

    Are these the same weights as on the way forwards?
    """
    settings = _settings(size, scale_factor, not align_corners, antialias)
    return backward(grad, images, **settings)


@term
def _sum_of_the_upstream(
    grad, images, *, size=None, scale_factor=2.0, align_corners=False, antialias=False
):
    """sum of g over the new pixels"""
    return (grad.sum(axis=tuple(range(2, grad.ndim)), keepdims=True) + 0 * images,)
