"""Right ways to resize images, without antialias."""

import numpy as np


def _places(images, size, scale_factor, align_corners):
    """For each axis, the places of the new pixels in units of old pixels."""
    down, across = scale_factor if isinstance(scale_factor, tuple) else (scale_factor,) * 2
    height, width = size if isinstance(size, tuple) else (size, size)
    return (
        _along(images.shape[2], height, down, align_corners),
        _along(images.shape[3], width, across, align_corners),
    )


def _along(old, new, factor, align_corners):
    step = 1 / factor if new is None else old / new
    new = int(old * factor) if new is None else new
    if old == new:
        return np.arange(new, dtype=float)
    if align_corners:
        return np.linspace(0.0, old - 1.0 if new > 1 else 0.0, new)
    return np.clip((np.arange(new) + 0.5) * step - 0.5, 0.0, old - 1.0)


def _matrix(old, places):
    """The weights of one axis: a hat around the place of each new pixel."""
    return np.maximum(1 - np.abs(places[:, None] - np.arange(old)), 0)


def _matrices(images, size, scale_factor, align_corners):
    down, across = _places(images, size, scale_factor, align_corners)
    return _matrix(images.shape[2], down), _matrix(images.shape[3], across)


def by_two_matrices(images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _matrices(images, size, scale_factor, align_corners)
    return down @ images @ across.T


def pixel_by_pixel(images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _places(images, size, scale_factor, align_corners)
    height, width = images.shape[2:]
    resized = np.empty((*images.shape[:2], len(down), len(across)))
    for p, y in enumerate(down):
        for q, x in enumerate(across):
            i, j = int(y), int(x)
            below, right = min(i + 1, height - 1), min(j + 1, width - 1)
            top = (1 - x + j) * images[:, :, i, j] + (x - j) * images[:, :, i, right]
            bottom = (1 - x + j) * images[:, :, below, j] + (x - j) * images[:, :, below, right]
            resized[:, :, p, q] = (1 - y + i) * top + (y - i) * bottom
    return resized


def line_by_line(images, *, size=None, scale_factor=2.0, align_corners=False):
    """numpy's own interpolation, along rows and then along columns."""
    down, across = _places(images, size, scale_factor, align_corners)
    height, width = images.shape[2:]
    rows = [np.interp(across, np.arange(width), row) for row in images.reshape(-1, width)]
    wide = np.reshape(rows, (-1, height, len(across)))
    columns = [np.interp(down, np.arange(height), c) for image in wide for c in image.T]
    turned = np.reshape(columns, (*images.shape[:2], len(across), len(down)))
    return turned.swapaxes(2, 3)


def by_transposed_matrices(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _matrices(images, size, scale_factor, align_corners)
    return (down.T @ grad @ across,)


def with_einsum(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _matrices(images, size, scale_factor, align_corners)
    return (np.einsum("ncpq,ph,qw->nchw", grad, down, across),)


def pixel_by_pixel_backwards(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _places(images, size, scale_factor, align_corners)
    height, width = images.shape[2:]
    dx = np.zeros(images.shape)
    for p, y in enumerate(down):
        for q, x in enumerate(across):
            for i in range(int(y), min(int(y) + 2, height)):
                for j in range(int(x), min(int(x) + 2, width)):
                    dx[:, :, i, j] += (1 - abs(y - i)) * (1 - abs(x - j)) * grad[:, :, p, q]
    return (dx,)
