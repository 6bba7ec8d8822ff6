"""Mutants of linear resizing."""

import numpy as np

from checker.library.marks import convention, term
from reference.resampling._links import new_lengths
from reference.resampling.linear_resize import backward, forward
from reference.spec import settings_of

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


@settings_of(forward)
def nearest_pixel(images, *, size, scale_factor, **_):
    """Every new pixel is a copy of the nearest old one; here those around it are mixed.

    What colour lies halfway between a black and a white pixel?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, lambda old, n: np.floor((np.arange(n) + 0.5) * old / n))


@convention
@settings_of(forward)
def corners_at_zero(images, *, size, scale_factor, **_):
    """New pixel p lies at p old / new, as in TensorFlow 1; here the centres lie at half pixels.

    Does the mirror image become the mirror image of your result?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, lambda old, n: np.arange(n) * old / n)


@convention
@settings_of(forward)
def other_corners(images, *, align_corners, **settings):
    """align_corners is the other way round.

    Is a pixel a point or a square? Where is the left edge of the image?
    """
    return forward(images, align_corners=not align_corners, **settings)


@settings_of(forward)
def half_pixel_not_taken_back(images, *, size, scale_factor, **_):
    """Half a pixel is added for the new centre, and not subtracted for the old one.

    Where does the first new pixel lie if the size stays the same?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, lambda old, n: (np.arange(n) + 0.5) * old / n)


@settings_of(forward)
def height_and_width_swapped(images, *, size, scale_factor, **settings):
    """Height and width are exchanged.

    Which axis of the images is the height, and which number of the size?
    """
    size = new_lengths(images, size, scale_factor)
    return forward(np.swapaxes(images, 2, -1), size=size, **settings)


@settings_of(forward)
def weights_exchanged(images, *, size, scale_factor, **_):
    """The nearer of two pixels gets the smaller weight.

    If the place is 2.1, should pixel 2 or pixel 3 count more?
    """
    new = new_lengths(images, size, scale_factor)
    for axis, count in enumerate(new, start=2):
        old = images.shape[axis]
        places = np.clip((np.arange(count) + 0.5) * old / count - 0.5, 0, old - 1)
        images = _along(images, axis, 2 * np.floor(places) + 1 - places)
    return images


@settings_of(forward)
def only_one_axis(images, *, size, scale_factor, **settings):
    """Only the width is interpolated; the rows are copies of the nearest row.

    Look at your result from the side. Do the steps go away?
    """
    new = new_lengths(images, size, scale_factor)
    wide = forward(images, size=(*images.shape[2:-1], new[-1]), **settings)
    return _resized(wide, new[:-1], lambda old, n: np.floor((np.arange(n) + 0.5) * old / n))


@settings_of(forward)
def dark_beyond_the_edge(images, *, size, scale_factor, **_):
    """Beyond the outermost pixels the image counts as 0, so the edges of the result are too small.

    What becomes of an image that is 1 everywhere?
    """
    new = new_lengths(images, size, scale_factor)
    padded = np.pad(images, ((0, 0), (0, 0), *[(1, 1)] * (images.ndim - 2)))
    return _resized(padded, new, lambda old, n: (np.arange(n) + 0.5) * (old - 2) / n + 0.5)


@convention
@settings_of(forward)
def antialias_the_other_way(images, *, antialias, **settings):
    """antialias is the other way round.

    Which old pixels are never looked at when an image becomes ten times smaller?
    """
    return forward(images, antialias=not antialias, **settings)


@settings_of(forward)
def resized_back(grad, images, *, align_corners, **_):
    """The gradient is resized to the old size; each old pixel gets the sum of what it gave.

    If an image becomes twice as large, how many new pixels does one old pixel change?
    """
    return (forward(grad, size=images.shape[2:], align_corners=align_corners),)


@settings_of(forward)
def divided_by_the_area(grad, images, **settings):
    """The gradient is divided by the growth of the area; it is a sum, not a mean.

    Set every upstream gradient to 1. What should the gradients add up to?
    """
    growth = np.prod(grad.shape[2:]) / np.prod(images.shape[2:])
    return (backward(grad, images, **settings)[0] / growth,)


@settings_of(forward)
def to_the_nearest_pixel(grad, images, **_):
    """Each gradient goes to the nearest old pixel as a whole.

    Which old pixels does a new pixel depend on?
    """
    for axis in range(2, images.ndim):
        old, new = images.shape[axis], grad.shape[axis]
        nearest = np.floor((np.arange(new) + 0.5) * old / new)
        takes = (nearest[:, None] == np.arange(old)).astype(grad.dtype)
        grad = np.moveaxis(np.moveaxis(grad, axis, -1) @ takes, -1, axis)
    return (grad,)


@settings_of(forward)
def last_instead_of_sum(grad, images, **settings):
    """Where several new pixels used one old pixel, only one of them counts.

    What does a[i] += g do in numpy if i holds the same number twice?
    """
    dx = np.zeros_like(images)
    for p in np.ndindex(*grad.shape[2:]):
        one = np.zeros_like(grad)
        one[:, :, *p] = grad[:, :, *p]
        (part,) = backward(one, images, **settings)
        dx = np.where(part != 0, part, dx)
    return (dx,)


@settings_of(forward)
def corners_of_the_other_kind(grad, images, *, align_corners, **settings):
    """The gradient belongs to the other value of align_corners.

    Are these the same weights as on the way forwards?
    """
    return backward(grad, images, align_corners=not align_corners, **settings)


@term
@settings_of(forward)
def _sum_of_the_upstream(grad, images, **_):
    """sum of g over the new pixels"""
    return (grad.sum(axis=tuple(range(2, grad.ndim)), keepdims=True) + 0 * images,)
