"""Mutants of bicubic resizing."""

import numpy as np

from checker.library.marks import convention, term
from reference.resampling import linear_resize
from reference.resampling._links import new_lengths
from reference.resampling.bicubic_resize import backward, forward
from reference.spec import settings_of

NOT_APPLICABLE = ("another_axis",)  # examples and channels are treated alike


def _cubic(d, s=-0.75):
    near = (s + 2) * d**3 - (s + 3) * d**2 + 1
    far = s * d**3 - 5 * s * d**2 + 8 * s * d - 4 * s
    return np.where(d <= 1, near, np.where(d < 2, far, 0))


def _half_pixels(old, new):
    return (np.arange(new) + 0.5) * old / new - 0.5


def _matrix(old, new, *, weight=_cubic, places=_half_pixels, edge=np.clip):
    """The weights of one axis: one row for each new pixel."""
    place = places(old, new)
    low = np.floor(place).astype(int)
    matrix = np.zeros((new, old))
    for k in range(-1, 3):
        at = edge(low + k, 0, old - 1)
        inside = (at >= 0) & (at < old)
        weights = weight(np.abs(place - low - k))
        np.add.at(matrix, (np.arange(new)[inside], at[inside]), weights[inside])
    return matrix


def _resized(images, new, **how):
    down, across = (_matrix(a, b, **how) for a, b in zip(images.shape[2:], new, strict=True))
    return down @ images @ across.T


@settings_of(forward)
def bilinear(images, **settings):
    """Each new pixel mixes four old ones, linearly; here it is sixteen.

    How many old pixels along one axis have a weight that is not 0?
    """
    return linear_resize.forward(images, **settings)


@convention
@settings_of(forward)
def kernel_of_tensorflow(images, *, size, scale_factor, **_):
    """The slope of the kernel at distance 1 is -1/2, as in TensorFlow; here it is -3/4.

    Which weight has a pixel at distance 1.5?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, weight=lambda d: _cubic(d, -0.5))


@convention
@settings_of(forward)
def corners_at_zero(images, *, size, scale_factor, **_):
    """New pixel p lies at p old / new; here the centres lie at half pixels.

    Does the mirror image become the mirror image of your result?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, places=lambda old, n: np.arange(n) * old / n)


@convention
@settings_of(forward)
def other_corners(images, *, align_corners, **settings):
    """align_corners is the other way round.

    Is a pixel a point or a square? Where is the left edge of the image?
    """
    return forward(images, align_corners=not align_corners, **settings)


@convention
@settings_of(forward)
def antialias_the_other_way(images, *, antialias, **settings):
    """antialias is the other way round.

    Which old pixels are never looked at when an image becomes ten times smaller?
    """
    return forward(images, antialias=not antialias, **settings)


@settings_of(forward)
def dark_beyond_the_edge(images, *, size, scale_factor, **_):
    """Beyond the edge the image counts as 0; there it goes on with the pixels of the edge.

    What becomes of an image that is 1 everywhere?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, edge=lambda at, low, high: at)


@settings_of(forward)
def mirrored_at_the_edge(images, *, size, scale_factor, **_):
    """Beyond the edge the image is mirrored; there it goes on with the pixels of the edge.

    Which pixel comes before the first one?
    """
    new = new_lengths(images, size, scale_factor)

    def mirror(at, low, high):
        at = np.where(at < low, -at, at)
        return np.clip(np.where(at > high, 2 * high - at, at), low, high)

    return _resized(images, new, edge=mirror)


@settings_of(forward)
def no_negative_weights(images, *, size, scale_factor, **_):
    """Negative weights are set to 0; they are what makes edges sharp.

    Do your weights add up to 1?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, weight=lambda d: np.maximum(_cubic(d), 0))


@settings_of(forward)
def kept_between_black_and_white(images, **settings):
    """The result is cut off at the smallest and the largest pixel; it may go beyond them.

    What does the kernel do beside a sharp edge?
    """
    y = forward(images, **settings)
    return np.clip(
        y, images.min(axis=(2, 3), keepdims=True), images.max(axis=(2, 3), keepdims=True)
    )


@settings_of(forward)
def height_and_width_swapped(images, *, size, scale_factor, **settings):
    """Height and width are exchanged.

    Which axis of the images is the height, and which number of the size?
    """
    size = new_lengths(images, size, scale_factor)
    return forward(np.swapaxes(images, 2, 3), size=size, **settings)


@settings_of(forward)
def half_pixel_not_taken_back(images, *, size, scale_factor, **_):
    """Half a pixel is added for the new centre, and not subtracted for the old one.

    Where does the first new pixel lie if the size stays the same?
    """
    new = new_lengths(images, size, scale_factor)
    return _resized(images, new, places=lambda old, n: (np.arange(n) + 0.5) * old / n)


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
def bilinear_gradient(grad, images, **settings):
    """The gradient has the weights of bilinear resizing.

    Are these the same weights as on the way forwards?
    """
    return linear_resize.backward(grad, images, **settings)


@settings_of(forward)
def gradient_of_other_corners(grad, images, *, align_corners, **settings):
    """The gradient belongs to the other value of align_corners.

    Are these the same weights as on the way forwards?
    """
    return backward(grad, images, align_corners=not align_corners, **settings)


@settings_of(forward)
def gradient_without_the_edge(grad, images, **_):
    """What new pixels took from beyond the edge is lost; it belongs to the pixels of the edge.

    Which old pixel stands for those beyond the edge?
    """
    matrices = (
        _matrix(old, new, edge=lambda at, low, high: at)
        for old, new in zip(images.shape[2:], grad.shape[2:], strict=True)
    )
    down, across = matrices
    return (down.T @ grad @ across,)


@term
@settings_of(forward)
def _sum_of_the_upstream(grad, images, **_):
    """sum of g over the new pixels"""
    return (grad.sum(axis=(2, 3), keepdims=True) + 0 * images,)
