"""Linear resizing: each new pixel is a mean of those around its place in the old image.

    y[p, q] = sum_ij a[p, i] b[q, j] x[i, j]           (forward, for each example and channel)
    dL/dx[i, j] = sum_pq a[p, i] b[q, j] g[p, q]       (backward, g = dL/dy)

Each axis has its own weights, a or b. Pixels are squares of side 1. Old pixel i has its centre at
i + 1/2, and new pixel p at ratio (p + 1/2), where ratio is old length / new length. It mixes the
two old pixels next to this place, with weights that fall linearly with the distance. Beyond the
outermost centres, the image goes on as it is there.

With `align_corners`, the corners of the image are centres of pixels, and stay so: in units of old
pixels, new pixel p lies at p (old - 1) / (new - 1). With `antialias`, all old pixels closer than
max(ratio, 1) count. Their weights fall linearly to 0 at this distance and are divided by their sum.
With both, ratio is that of align_corners and the centres are the others, so that the corners move.
An axis whose length stays is copied; PyTorch computes x + 0 x there, which makes nan of inf.

`images` has shape (n, c, *axes) with one to three axes. `size` is one number for all axes, or a
tuple with one for each. If it is None, the new length is the old one times `scale_factor`, rounded
down, and ratio is 1 / scale_factor; with recompute_scale_factor, PyTorch takes old / new instead,
as `size` does. The default factor 2 is that of UpSampling2D in Keras; PyTorch has none, and raises
ValueError if both are given. An image without channels or pixels raises ValueError.

PyTorch calls this `interpolate` with mode "linear", "bilinear" or "trilinear", and antialiases
along two axes only. TensorFlow 2 and OpenCV have the same centres, and resize_bilinear of
TensorFlow 1 has pixel p at p old / new.

    >>> forward(np.array([[[[0.0, 4.0]]]]), size=(1, 4))
    array([[[[0., 1., 3., 4.]]]])

Source: Press et al. 2007, section 3.6 (bilinear interpolation); Turkowski 1990, "tent filter".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.resampling._links import LINEAR, changes, each, new_lengths, resized, resized_back
from reference.spec import Convention, Each, Gradients, Range, Real, Spec, Try, settings_of

Size = int | tuple[int, ...] | None
Factor = float | tuple[float, ...]


def forward(
    images: Shaped[Real, "n c *h"],
    *,
    size: Shaped[Size, Try((None, 3, 5, 1)), Each("h")] = None,
    scale_factor: Shaped[Factor, Try((2.0, 0.5, 1.6)), Range(0.5, 4.0), Each("h")] = 2.0,
    align_corners: Shaped[bool, Convention((False, True))] = False,
    antialias: Shaped[bool, Convention((False, True))] = False,
) -> Shaped[Real, "n c ..."]:
    steps = changes(images, size, scale_factor)
    return resized(images, steps, LINEAR, align_corners, antialias)


@settings_of(forward)
def backward(
    grad: Real,
    images: Real,
    *,
    size: Size,
    scale_factor: Factor,
    align_corners: bool,
    antialias: bool,
) -> Gradients:
    steps = changes(images, size, scale_factor)
    return (resized_back(grad, steps, LINEAR, align_corners, antialias),)


def constant_stays(f, images, **settings):
    """An image of one colour keeps its colour."""
    colour = images[(slice(None), slice(None), *[slice(1)] * (images.ndim - 2))]
    resized = f(0 * images + colour, **settings)
    return resized, colour + 0 * resized


def linear(f, images, **settings):
    """Resizing a sum of images gives the sum of the resized images."""
    other = images[:, :, ::-1]
    both = f(images + 2 * other, **settings)
    return both, f(images, **settings) + 2 * f(other, **settings)


def mirrored(f, images, **settings):
    """With half-pixel centres and a given size, the mirror image gives the mirrored result."""
    size = new_lengths(images, settings["size"], settings["scale_factor"])
    settings = {**settings, "size": size, "align_corners": False}
    axes = tuple(range(2, images.ndim))
    return f(np.flip(images, axes), **settings), np.flip(f(images, **settings), axes)


def one_axis_after_the_other(f, images, **settings):
    """Resizing the last axis first and the others afterwards gives the same."""
    size = new_lengths(images, settings["size"], settings["scale_factor"])
    wide = f(images, **{**settings, "size": (*images.shape[2:-1], size[-1])})
    whole = {**settings, "size": size}
    return f(wide, **whole), f(images, **whole)


def a_slope_stays_a_slope(f, images, **settings):
    """With align_corners, an image that rises evenly from top to bottom still does."""
    settings = {**settings, "size": 5, "align_corners": True, "antialias": False}
    first, last = images[:, :, :1], images[:, :, -1:]
    column = (-1, *[1] * (images.ndim - 3))
    steps = np.arange(images.shape[2]).reshape(column)
    even = first * (images.shape[2] - 1 - steps) + last * steps
    new, y = np.arange(5).reshape(column), f(even, **settings)
    return 4 * y, y[:, :, :1] * (4 - new) + y[:, :, -1:] * new


def _torch(torch, images, size, scale_factor, align_corners, antialias):
    rank, new = images.ndim - 2, new_lengths(images, size, scale_factor)
    # Where a length stays, PyTorch copies; with antialias, its gradient does not know that.
    factors = tuple(
        1.0 if a == b else f
        for a, b, f in zip(
            new, images.shape[2:], each("scale_factor", scale_factor, rank), strict=True
        )
    )

    def along(x, new, factors):
        # With antialias and a new width of 1, PyTorch 2.13 repeats the first of the new rows.
        turned = antialias and new[-1] == 1
        order = slice(None, None, -1 if turned else 1)
        y = torch.nn.functional.interpolate(
            x.mT if turned else x,
            size=None if size is None else new[order],
            scale_factor=factors[order] if size is None else None,
            mode={1: "linear", 2: "bilinear", 3: "trilinear"}[len(new)],
            align_corners=align_corners,
            antialias=antialias,
        )
        return y.mT if turned else y

    exact = images.double()  # PyTorch places pixel 130 of a float32 image with an error of 1e-5
    if not antialias or rank == 2:
        y = along(exact, new, factors)
    elif rank == 1:
        y = along(exact[:, :, None], (1, *new), (1.0, *factors))[:, :, 0]
    else:  # two axes, and then the first with the others as one
        y = along(exact.flatten(1, 2), new[1:], factors[1:]).unflatten(1, images.shape[1:3])
        flat = along(y.flatten(3), (new[0], new[1] * new[2]), (factors[0], 1.0))
        y = flat.unflatten(3, new[1:])
    return y.to(images.dtype)


SPEC = Spec(
    forward=forward,
    backward=backward,
    # PyTorch rounds the place of a pixel, by the more the farther it is from the first one.
    lost=lambda images, **_: max(images.shape[2:]) / 8,
    torch=_torch,
    properties=(
        constant_stays,
        linear,
        mirrored,
        one_axis_after_the_other,
        a_slope_stays_a_slope,
    ),
    # A factor below 1 leaves nothing of an image with few pixels.
    possible=lambda images, size, scale_factor, **_: (
        min(new_lengths(images, size, scale_factor)) > 0
    ),
)
