"""Right ways to resize images by cubic interpolation, without antialias."""

import numpy as np


def _weights(t):
    """Those of the four pixels around a place at the fraction t between the middle two."""
    s = -0.75
    return np.stack(
        [
            s * t * (1 - t) ** 2,
            1 - (s + 3) * t**2 + (s + 2) * t**3,
            1 - (s + 3) * (1 - t) ** 2 + (s + 2) * (1 - t) ** 3,
            s * (1 - t) * t**2,
        ]
    )


def _places(images, size, scale_factor, align_corners):
    """For each axis, the places of the new pixels in units of old pixels."""
    factors = scale_factor if isinstance(scale_factor, tuple) else (scale_factor,) * 2
    sizes = size if isinstance(size, tuple) else (size, size)
    for old, new, factor in zip(images.shape[2:], sizes, factors, strict=True):
        step = 1 / factor if new is None else old / new
        count = int(old * factor) if new is None else new
        if old == count:
            yield np.arange(count, dtype=float)
        elif align_corners:
            yield np.linspace(0.0, old - 1.0 if count > 1 else 0.0, count)
        else:
            yield (np.arange(count) + 0.5) * step - 0.5


def _matrix(old, places):
    low = np.floor(places).astype(int)
    matrix = np.zeros((len(places), old))
    for k, weights in zip(range(-1, 3), _weights(places - low), strict=True):
        np.add.at(matrix, (np.arange(len(places)), np.clip(low + k, 0, old - 1)), weights)
    return matrix


def _matrices(images, size, scale_factor, align_corners):
    places = _places(images, size, scale_factor, align_corners)
    return [_matrix(n, where) for n, where in zip(images.shape[2:], places, strict=True)]


def by_two_matrices(images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _matrices(images, size, scale_factor, align_corners)
    return down @ images @ across.T


def four_slices(images, *, size=None, scale_factor=2.0, align_corners=False):
    for axis, places in enumerate(_places(images, size, scale_factor, align_corners), start=2):
        low = np.floor(places).astype(int)
        column = (-1, 1) if axis == 2 else (-1,)
        mixed = 0.0
        for k, weights in zip(range(-1, 3), _weights(places - low), strict=True):
            taken = np.take(images, np.clip(low + k, 0, images.shape[axis] - 1), axis)
            mixed = mixed + taken * weights.reshape(column)
        images = mixed
    return images


def pixel_by_pixel(images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _places(images, size, scale_factor, align_corners)
    padded = np.pad(images, ((0, 0), (0, 0), (2, 3), (2, 3)), mode="edge")
    resized = np.zeros((*images.shape[:2], len(down), len(across)))
    for p, y in enumerate(down):
        for q, x in enumerate(across):
            i, j = int(np.floor(y)), int(np.floor(x))
            square = padded[:, :, i + 1 : i + 5, j + 1 : j + 5]
            resized[:, :, p, q] = np.einsum(
                "ncij,i,j->nc", square, _weights(np.array(y - i)), _weights(np.array(x - j))
            )
    return resized


def through_polynomials(images, *, size=None, scale_factor=2.0, align_corners=False):
    """Between two pixels the curve is a cubic, given by the values and the slopes at both."""
    places = list(_places(images, size, scale_factor, align_corners))
    for axis, where in ((3, places[1]), (2, places[0])):
        lines = np.moveaxis(images, axis, 0)
        low = np.floor(where).astype(int)
        a, b, c, d = (lines[np.clip(low + k, 0, len(lines) - 1)] for k in range(-1, 3))
        t = (where - low).reshape(-1, 1, 1, 1)
        left, right = 0.75 * (c - a), 0.75 * (d - b)
        square, cube = 3 * (c - b) - 2 * left - right, 2 * (b - c) + left + right
        images = np.moveaxis(b + t * (left + t * (square + t * cube)), 0, axis)
    return images


def by_transposed_matrices(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _matrices(images, size, scale_factor, align_corners)
    return (down.T @ grad @ across,)


def with_einsum(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    down, across = _matrices(images, size, scale_factor, align_corners)
    return (np.einsum("ncpq,ph,qw->nchw", grad, down, across),)


def with_one_large_matrix(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    whole = np.kron(*_matrices(images, size, scale_factor, align_corners))
    flat = grad.reshape(*grad.shape[:2], len(whole))
    return ((flat @ whole).reshape(images.shape),)


def added_to_four_slices(grad, images, *, size=None, scale_factor=2.0, align_corners=False):
    for axis, places in enumerate(_places(images, size, scale_factor, align_corners), start=2):
        low = np.floor(places).astype(int)
        lines = np.moveaxis(grad, axis, 0)
        dx = np.zeros((images.shape[axis], *lines.shape[1:]))
        for k, weights in zip(range(-1, 3), _weights(places - low), strict=True):
            np.add.at(dx, np.clip(low + k, 0, len(dx) - 1), lines * weights.reshape(-1, 1, 1, 1))
        grad = np.moveaxis(dx, 0, axis)
    return (grad,)
