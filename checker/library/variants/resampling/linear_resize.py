"""Right ways to resize images, without antialias."""

import numpy as np


def _places(images, size, scale_factor, align_corners):
    """For each axis, the places of the new pixels in units of old pixels."""
    rank = images.ndim - 2
    factors = scale_factor if isinstance(scale_factor, tuple) else (scale_factor,) * rank
    size = size if isinstance(size, tuple) else (size,) * rank
    return [_along(images.shape[2 + i], size[i], factors[i], align_corners) for i in range(rank)]


def _along(old, new, factor, align_corners):
    step = 1 / factor if new is None else old / new
    new = int(old * factor) if new is None else new
    if old == new:
        return np.arange(new, dtype=float)
    if align_corners:
        return np.linspace(0.0, old - 1.0 if new > 1 else 0.0, new)
    return np.clip((np.arange(new) + 0.5) * step - 0.5, 0.0, old - 1.0)


def _matrices(images, size, scale_factor, align_corners):
    """The weights of each axis: a hat around the place of each new pixel."""
    places = _places(images, size, scale_factor, align_corners)
    return [
        np.maximum(1 - np.abs(where[:, None] - np.arange(old)), 0)
        for where, old in zip(places, images.shape[2:], strict=True)
    ]


def _multiplied(images, matrices):
    for axis, matrix in enumerate(matrices, start=2):
        images = np.moveaxis(np.moveaxis(images, axis, -1) @ matrix.T, -1, axis)
    return images


def by_matrices(images, *, size=None, scale_factor=2.0, align_corners=False):
    return _multiplied(images, _matrices(images, size, scale_factor, align_corners))


def pixel_by_pixel(images, *, size=None, scale_factor=2.0, align_corners=False):
    places = _places(images, size, scale_factor, align_corners)
    resized = np.zeros((*images.shape[:2], *map(len, places)))
    for p in np.ndindex(resized.shape[2:]):
        where = [along[i] for along, i in zip(places, p, strict=True)]
        for corner in np.ndindex((2,) * len(where)):
            weight, at = 1.0, []
            for x, side, old in zip(where, corner, images.shape[2:], strict=True):
                weight *= x - int(x) if side else 1 - (x - int(x))
                at.append(min(int(x) + side, old - 1))
            resized[:, :, *p] += weight * images[:, :, *at]
    return resized


def line_by_line(images, *, size=None, scale_factor=2.0, align_corners=False):
    """numpy's own interpolation, along one axis after the other."""
    places = _places(images, size, scale_factor, align_corners)
    for axis, where in enumerate(places, start=2):
        lines = np.moveaxis(images, axis, -1)
        old = np.arange(images.shape[axis])
        new = [np.interp(where, old, line) for line in lines.reshape(-1, len(old))]
        images = np.moveaxis(np.reshape(new, (*lines.shape[:-1], len(where))), -1, axis)
    return images


def two_slices(images, *, size=None, scale_factor=2.0, align_corners=False):
    for axis, where in enumerate(_places(images, size, scale_factor, align_corners), start=2):
        low = where.astype(int)
        high = np.minimum(low + 1, images.shape[axis] - 1)
        share = (where - low).reshape((-1,) + (1,) * (images.ndim - 1 - axis))
        first, second = np.take(images, low, axis), np.take(images, high, axis)
        images = (1 - share) * first + share * second
    return images


def by_transposed_matrices(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    matrices = _matrices(images, size, scale_factor, align_corners)
    return (_multiplied(grad, [matrix.T for matrix in matrices]),)


def with_one_large_matrix(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    whole = np.ones((1, 1))
    for matrix in _matrices(images, size, scale_factor, align_corners):
        whole = np.kron(whole, matrix)
    flat = grad.reshape(*grad.shape[:2], len(whole))
    return ((flat @ whole).reshape(images.shape),)


def pixel_by_pixel_backwards(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    matrices = _matrices(images, size, scale_factor, align_corners)
    dx = np.zeros(images.shape)
    for p in np.ndindex(grad.shape[2:]):
        lines = [matrix[i] for matrix, i in zip(matrices, p, strict=True)]
        for at in np.ndindex(images.shape[2:]):
            weight = np.prod([line[i] for line, i in zip(lines, at, strict=True)])
            if weight:
                dx[:, :, *at] += weight * grad[:, :, *p]
    return (dx,)
