"""Pixel shuffle: channels become pixels, so that an image with few, many-channelled pixels grows.

    y[c, p r + i, q r + j] = x[c r^2 + i r + j, p, q]          (forward, for i and j below r)
    dL/dx[c r^2 + i r + j, p, q] = g[c, p r + i, q r + j]      (backward, g = dL/dy)

Each number is moved, none is changed. The image has shape (..., c r^2, height, width), and the
result (..., c, r height, r width), where r is `factor`. The r^2 channels of one pixel follow each
other, as in PyTorch. depth_to_space of TensorFlow and Keras has the channels last, and takes the
channels that are a multiple of c apart. A number of channels that r^2 does not divide raises
ValueError.

    >>> forward(np.array([[[1]], [[2]], [[3]], [[4]]]), factor=2)
    array([[[1, 2],
            [3, 4]]])

Source: Shi et al. 2016, eq. 4, "sub-pixel convolution".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "... c*factor*factor h w"],
    *,
    factor: Shaped[int, Try((2, 3)), Range(1, 4)],
) -> Shaped[Real, "... c h*factor w*factor"]:
    *others, channels, height, width = x.shape
    if factor < 1 or channels % factor**2:
        raise ValueError(f"{channels} channels do not make squares of {factor} by {factor} pixels")
    apart = (*others, channels // factor**2, factor, factor, height, width)
    squares = np.moveaxis(np.reshape(x, apart), (-4, -3), (-3, -1)).copy()
    return np.reshape(squares, (*others, apart[-5], height * factor, width * factor))


@settings_of(forward)
def backward(grad: Real, x: Real, *, factor: int) -> Gradients:
    *others, channels, height, width = x.shape
    squares = np.reshape(grad, (*others, channels // factor**2, height, factor, width, factor))
    return (np.reshape(np.moveaxis(squares, (-3, -1), (-4, -3)).copy(), x.shape),)


def keeps_all_numbers(f, x, *, factor):
    """The result has the numbers of the image, in another order."""
    y = f(x, factor=factor)
    ends = (*x.shape[:-3], -1)
    return np.sort(y.reshape(ends), axis=-1), np.sort(x.reshape(ends), axis=-1)


def first_pixel(f, x, *, factor):
    """The first square has the channels of the first pixel, row by row."""
    square = f(x, factor=factor)[..., 0, :factor, :factor]
    return np.reshape(square, (*x.shape[:-3], factor**2)), x[..., : factor**2, 0, 0]


def a_factor_of_one_copies(f, x, *, factor):
    """With the factor 1, the image stays as it is."""
    return f(x, factor=1), x


def _torch(torch, x, factor):
    return torch.nn.functional.pixel_shuffle(x, factor)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(keeps_all_numbers, first_pixel, a_factor_of_one_copies),
)
