"""Right ways to resize images by copying pixels, and the gradient of it."""

import math

import numpy as np


def _origins(images, size, scale_factor, exact):
    """For each axis, the old pixel that each new one copies."""
    rank = images.ndim - 2
    factors = scale_factor if isinstance(scale_factor, tuple) else (scale_factor,) * rank
    sizes = size if isinstance(size, tuple) else (size,) * rank
    found = []
    for old, new, factor in zip(images.shape[2:], sizes, factors, strict=True):
        p = np.arange(int(old * factor) if new is None else new)
        if new is None:
            at = np.floor((p + 0.5 if exact else p) / factor).astype(int)
        else:  # in whole numbers, without rounding
            at = (2 * p + 1) * old // (2 * new) if exact else p * old // new
        found.append(np.minimum(at, old - 1))
    return found


def by_index(images, *, size=None, scale_factor=2.0, exact=False):
    return images[:, :, *np.ix_(*_origins(images, size, scale_factor, exact))]


def one_axis_after_the_other(images, *, size=None, scale_factor=2.0, exact=False):
    for axis, at in enumerate(_origins(images, size, scale_factor, exact), start=2):
        images = np.take(images, at, axis)
    return images


def pixel_by_pixel(images, *, size=None, scale_factor=2.0, exact=False):
    origins = _origins(images, size, scale_factor, exact)
    resized = np.zeros((*images.shape[:2], *map(len, origins)))
    for p in np.ndindex(resized.shape[2:]):
        resized[:, :, *p] = images[:, :, *(at[i] for at, i in zip(origins, p, strict=True))]
    return resized


def repeated(images, *, size=None, scale_factor=2.0, exact=False):
    """Each old pixel is repeated as often as it is copied."""
    for axis, at in enumerate(_origins(images, size, scale_factor, exact), start=2):
        times = np.bincount(at, minlength=images.shape[axis])
        images = np.repeat(images, times, axis)
    return images


def by_matrices(grad, images, *, size=None, scale_factor=2.0, exact=False):
    for axis, at in enumerate(_origins(images, size, scale_factor, exact), start=2):
        copies = np.eye(images.shape[axis])[at]
        grad = np.moveaxis(np.moveaxis(grad, axis, -1) @ copies, -1, axis)
    return (grad,)


def added_at(grad, images, *, size=None, scale_factor=2.0, exact=False):
    dx = np.zeros(images.shape)
    at = np.ix_(*_origins(images, size, scale_factor, exact))
    np.add.at(dx, (slice(None), slice(None), *at), grad)
    return (dx,)


def gradient_pixel_by_pixel(grad, images, *, size=None, scale_factor=2.0, exact=False):
    origins = _origins(images, size, scale_factor, exact)
    dx = np.zeros(images.shape)
    for p in np.ndindex(grad.shape[2:]):
        dx[:, :, *(at[i] for at, i in zip(origins, p, strict=True))] += grad[:, :, *p]
    return (dx,)


def by_counting(grad, images, *, size=None, scale_factor=2.0, exact=False):
    """Numbers of the places are copied, and tell what to add up."""
    count = math.prod(images.shape[2:])
    places = by_index(
        np.arange(count).reshape(1, 1, *images.shape[2:]),
        size=size,
        scale_factor=scale_factor,
        exact=exact,
    ).ravel()
    rows = [
        np.bincount(places, weights=row, minlength=count) for row in grad.reshape(-1, len(places))
    ]
    return (np.reshape(rows, images.shape),)
