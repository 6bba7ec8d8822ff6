"""Nearest resizing: each new pixel is a copy of one old pixel.

    y[p] = x[floor(p ratio)]                                   (forward, along each axis)
    dL/dx[i] = sum of g[p] over the new pixels p that copy i   (backward, g = dL/dy)

ratio is old length / new length. Pixels are squares of side 1, and new pixel p has its centre at
(p + 1/2) ratio in the old image. With `exact` it copies the old pixel that has this centre in it,
as Pillow, TensorFlow and scikit-image do; without, the one with its first corner in it, which moves
the image by up to half a pixel. PyTorch calls these modes "nearest-exact" and "nearest", its
default, and OpenCV has them too.

`images` has shape (n, c, *axes) with one to three axes. `size` is one number for all axes, or a
tuple with one for each. If it is None, the new length is the old one times `scale_factor`, rounded
down, and ratio is 1 / scale_factor; with recompute_scale_factor, PyTorch takes old / new instead,
as `size` does. The default factor 2 is that of UpSampling2D in Keras; PyTorch has none, and raises
ValueError if both are given. An image without channels or pixels raises ValueError.

    >>> forward(np.array([[[1.0, 2.0, 3.0, 4.0]]]), size=2)
    array([[[1., 3.]]])
    >>> forward(np.array([[[1.0, 2.0, 3.0, 4.0]]]), size=2, exact=True)
    array([[[2., 4.]]])

Source: Gonzalez and Woods 2018, section 2.4 (nearest neighbour interpolation).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.resampling._links import (
    EXACT,
    NEAREST,
    each,
    new_lengths,
    resized,
    resized_back,
    steps,
)
from reference.spec import Convention, Each, Gradients, Range, Real, Spec, Try, settings_of

Size = int | tuple[int, ...] | None
Factor = float | tuple[float, ...]


def forward(
    images: Shaped[Real, "n c *h"],
    *,
    size: Shaped[Size, Try((None, 3, 5, 1)), Each("h")] = None,
    scale_factor: Shaped[Factor, Try((2.0, 0.5, 1.6)), Range(0.5, 4.0), Each("h")] = 2.0,
    exact: Shaped[bool, Convention((False, True))] = False,
) -> Shaped[Real, "n c ..."]:
    return resized(images, steps(images, size, scale_factor), EXACT if exact else NEAREST)


@settings_of(forward)
def backward(
    grad: Real, images: Real, *, size: Size, scale_factor: Factor, exact: bool
) -> Gradients:
    axes = steps(images, size, scale_factor)
    return (resized_back(grad, axes, EXACT if exact else NEAREST),)


def constant_stays(f, images, **settings):
    """An image of one colour keeps its colour."""
    colour = images[(slice(None), slice(None), *[slice(1)] * (images.ndim - 2))]
    resized = f(0 * images + colour, **settings)
    return resized, colour + 0 * resized


def a_whole_factor_repeats(f, images, **settings):
    """Three times as long, every pixel is repeated three times along each axis."""
    repeated = images
    for axis in range(2, images.ndim):
        repeated = np.repeat(repeated, 3, axis)
    size = repeated.shape[2:]
    return f(images, **{**settings, "size": size}), repeated


def first_pixel_stays(f, images, **settings):
    """Without exact, the first pixel stays the first pixel."""
    first = (slice(None), slice(None), *[0] * (images.ndim - 2))
    return f(images, **{**settings, "exact": False})[first], images[first]


def one_axis_after_the_other(f, images, **settings):
    """Resizing the last axis first and the others afterwards gives the same."""
    size = new_lengths(images, settings["size"], settings["scale_factor"])
    wide = f(images, **{**settings, "size": (*images.shape[2:-1], size[-1])})
    whole = {**settings, "size": size}
    return f(wide, **whole), f(images, **whole)


def _torch(torch, images, size, scale_factor, exact):
    new, old = new_lengths(images, size, scale_factor), images.shape[2:]
    mode = "nearest-exact" if exact else "nearest"
    factors = each("scale_factor", scale_factor, len(new))
    plain = [m not in (n, 2 * n) or f == m // n for m, n, f in zip(new, old, factors, strict=True)]
    if size is not None:
        return torch.nn.functional.interpolate(images, size=new, mode=mode)
    if all(plain):
        return torch.nn.functional.interpolate(images, scale_factor=factors, mode=mode)
    # Where a length stays or doubles by chance, the gradient of PyTorch 2.13 is that of a factor of
    # 1 or 2, and not that of its result: it is asked only which pixels it copies.
    for axis, (n, factor) in enumerate(zip(old, factors, strict=True), start=2):
        line = torch.arange(n, dtype=torch.float64, device=images.device)[None, None]
        copied = torch.nn.functional.interpolate(line, scale_factor=factor, mode=mode)
        images = images.index_select(axis, copied[0, 0].long())
    return images


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        constant_stays,
        a_whole_factor_repeats,
        first_pixel_stays,
        one_axis_after_the_other,
    ),
    # A factor below 1 leaves nothing of an image with few pixels.
    possible=lambda images, size, scale_factor, **_: (
        min(new_lengths(images, size, scale_factor)) > 0
    ),
)
