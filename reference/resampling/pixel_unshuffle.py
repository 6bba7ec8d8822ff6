"""Pixel unshuffle: pixels become channels, which undoes a pixel shuffle.

    y[c r^2 + i r + j, p, q] = x[c, p r + i, q r + j]          (forward, for i and j below r)
    dL/dx[c, p r + i, q r + j] = g[c r^2 + i r + j, p, q]      (backward, g = dL/dy)

Each number is moved, none is changed. The image has shape (..., c, r height, r width), and the
result (..., c r^2, height, width), where r is `factor`. The r^2 pixels of a square become channels
that follow each other, as in PyTorch. space_to_depth of TensorFlow and Keras has the channels last,
and puts them a multiple of c apart. A height or width that r does not divide raises ValueError.

    >>> forward(np.array([[[1, 2], [3, 4]]]), factor=2)[:, 0, 0]
    array([1, 2, 3, 4])

Source: Shi et al. 2016, eq. 4, of which it is the inverse; Ridnik et al. 2021, section 2.1,
"space to depth".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.resampling import pixel_shuffle
from reference.spec import Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "... c h*factor w*factor"],
    *,
    factor: Shaped[int, Try((2, 3)), Range(1, 4)],
) -> Shaped[Real, "... c*factor*factor h w"]:
    *others, channels, height, width = x.shape
    if factor < 1 or height % factor or width % factor:
        raise ValueError(f"{height} by {width} pixels do not divide into squares of {factor}")
    apart = (*others, channels, height // factor, factor, width // factor, factor)
    squares = np.moveaxis(np.reshape(x, apart), (-3, -1), (-4, -3)).copy()
    return np.reshape(squares, (*others, channels * factor**2, *squares.shape[-2:]))


@settings_of(forward)
def backward(grad: Real, x: Real, *, factor: int) -> Gradients:
    return (pixel_shuffle.forward(grad, factor=factor),)


def undoes_a_shuffle(f, x, *, factor):
    """A pixel shuffle of the result gives the image back."""
    return pixel_shuffle.forward(f(x, factor=factor), factor=factor), x


def first_square(f, x, *, factor):
    """The first pixel of the result has the first square, row by row."""
    square = np.reshape(x[..., 0, :factor, :factor], (*x.shape[:-3], factor**2))
    return f(x, factor=factor)[..., : factor**2, 0, 0], square


def a_factor_of_one_copies(f, x, *, factor):
    """With the factor 1, the image stays as it is."""
    return f(x, factor=1), x


def _torch(torch, x, factor):
    return torch.nn.functional.pixel_unshuffle(x, factor)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(undoes_a_shuffle, first_square, a_factor_of_one_copies),
)
