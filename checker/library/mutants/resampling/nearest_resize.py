"""Mutants of nearest resizing."""

import numpy as np

from checker.library.marks import convention, term
from reference.resampling import linear_resize
from reference.resampling._links import each, new_lengths
from reference.resampling.nearest_resize import backward, forward

NOT_APPLICABLE = ("another_axis",)  # examples and channels are treated alike


def _copied(images, size, scale_factor, which):
    """Copied from which(new pixels, step, old length) along each axis, cut off at the edges."""
    new = new_lengths(images, size, scale_factor)
    factors = each("scale_factor", scale_factor, images.ndim - 2)
    for axis, (count, factor) in enumerate(zip(new, factors, strict=True), start=2):
        old = images.shape[axis]
        step = 1 / factor if size is None else old / count
        at = np.clip(which(np.arange(count), step, old), 0, old - 1).astype(int)
        images = np.take(images, at, axis)
    return images


@convention
def the_other_mode(images, *, size=None, scale_factor=2.0, exact=False):
    """exact is the other way round.

    Which point of a new pixel is looked up, its corner or its centre?
    """
    return forward(images, size=size, scale_factor=scale_factor, exact=not exact)


def mixed_linearly(images, *, size=None, scale_factor=2.0, exact=False):
    """New pixels are means of the old ones around them; here they are copies.

    Can a result have a number that the image does not have?
    """
    return linear_resize.forward(images, size=size, scale_factor=scale_factor)


def rounded_place(images, *, size=None, scale_factor=2.0, exact=False):
    """The place p ratio is rounded; it is rounded down.

    Which old pixel has the place 0.7 in it?
    """
    return _copied(images, size, scale_factor, lambda p, step, old: np.rint(p * step))


def rounded_centre(images, *, size=None, scale_factor=2.0, exact=False):
    """The centre of a new pixel is rounded once more, half a pixel too far.

    Which old pixel has the place 0.7 in it?
    """
    return _copied(images, size, scale_factor, lambda p, step, old: np.rint((p + 0.5) * step))


def rounded_up(images, *, size=None, scale_factor=2.0, exact=False):
    """The place is rounded up; it is rounded down.

    Which old pixel does the first new one copy, and which the second?
    """
    return _copied(images, size, scale_factor, lambda p, step, old: np.ceil(p * step))


def corners_aligned(images, *, size=None, scale_factor=2.0, exact=False):
    """The corners are aligned, as align_corners would do, which nearest does not have.

    At which step do the places follow each other?
    """

    def aligned(p, step, old):
        return np.rint(p * (old - 1) / max(len(p) - 1, 1))

    return _copied(images, size, scale_factor, aligned)


def tiled(images, *, size=None, scale_factor=2.0, exact=False):
    """The image is repeated as a whole; each pixel is repeated on its own.

    What are the first two new pixels if the image doubles?
    """
    return _copied(images, size, scale_factor, lambda p, step, old: p % old)


def cut_off(images, *, size=None, scale_factor=2.0, exact=False):
    """The first pixels are taken; they are spread over the whole image.

    Which pixels does a smaller image keep?
    """
    return _copied(images, size, scale_factor, lambda p, step, old: p)


def ratio_upside_down(images, *, size=None, scale_factor=2.0, exact=False):
    """The place is p new / old; it is p old / new.

    Which old pixel does the last new one copy?
    """
    return _copied(images, size, scale_factor, lambda p, step, old: np.floor(p / step))


def height_and_width_swapped(images, *, size=None, scale_factor=2.0, exact=False):
    """Height and width are exchanged.

    Which axis of the images is the height, and which number of the size?
    """
    size = new_lengths(images, size, scale_factor)
    return forward(np.swapaxes(images, 2, -1), size=size, exact=exact)


def resized_back(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """The gradient is resized to the old size; each old pixel gets the sum of its copies.

    If an image becomes twice as large, how many new pixels does one old pixel change?
    """
    return (forward(grad, size=images.shape[2:], exact=exact),)


def mean_of_the_copies(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """Each old pixel gets the mean of the gradients of its copies; it gets their sum.

    Set every upstream gradient to 1. What should the gradients add up to?
    """
    settings = {"size": size, "scale_factor": scale_factor, "exact": exact}
    copies = backward(np.ones_like(grad), images, **settings)[0]
    return (backward(grad, images, **settings)[0] / np.maximum(copies, 1),)


def last_copy_only(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """Where an old pixel was copied several times, only the last copy counts.

    What does a[i] += g do in numpy if i holds the same number twice?
    """
    settings = {"size": size, "scale_factor": scale_factor, "exact": exact}
    numbers = np.arange(images.size).reshape(images.shape)
    dx = np.zeros(images.size, dtype=grad.dtype)
    dx[forward(numbers, **settings).astype(int).ravel()] = grad.ravel()
    return (dx.reshape(images.shape),)


def gradient_of_the_other_mode(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """The gradient belongs to the other value of exact.

    Are these the same copies as on the way forwards?
    """
    return backward(grad, images, size=size, scale_factor=scale_factor, exact=not exact)


def linear_gradient(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """The gradient is shared among several old pixels; a copy has one origin.

    Which old pixels does a new pixel depend on?
    """
    return linear_resize.backward(grad, images, size=size, scale_factor=scale_factor)


@term
def _sum_of_the_upstream(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """sum of g over the new pixels"""
    return (grad.sum(axis=tuple(range(2, grad.ndim)), keepdims=True) + 0 * images,)
