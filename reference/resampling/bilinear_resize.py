"""Bilinear resizing: each new pixel is a mean of those around its place in the old image.

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

`images` has shape (n, c, height, width). `size` is one number for both axes, or (height, width). If
it is None, the new length is the old one times `scale_factor`, rounded down, and ratio is
1 / scale_factor; recompute_scale_factor of PyTorch takes old / new instead, as `size` does. The
default factor 2 is that of UpSampling2D in Keras; PyTorch has none, and raises ValueError if both
are given. An image without channels or pixels raises ValueError.

PyTorch calls this `interpolate` with mode "bilinear". TensorFlow 2 and OpenCV have the same
centres, and resize_bilinear of TensorFlow 1 has pixel p at p old / new.

    >>> forward(np.array([[[[0.0, 4.0]]]]), size=(1, 4))
    array([[[[0., 1., 3., 4.]]]])

Source: Press et al. 2007, section 3.6 (bilinear interpolation); Turkowski 1990, "tent filter".
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.resampling._links import carried, links
from reference.spec import Convention, Gradients, Range, Real, Spec, Try, settings_of

Size = int | tuple[int, int] | None
Factor = float | tuple[float, float]


def forward(
    images: Shaped[Real, "n c h w"],
    *,
    size: Shaped[Size, Try((None, 3, (5, 2), 1))] = None,
    scale_factor: Shaped[Factor, Try((2.0, 0.5, (0.75, 1.6))), Range(0.5, 4.0)] = 2.0,
    align_corners: Shaped[bool, Convention((False, True))] = False,
    antialias: Shaped[bool, Convention((False, True))] = False,
) -> Shaped[Real, "n c p q"]:
    y = images.copy()
    for axis, old, new, ratio in _changes(images, size, scale_factor):
        sources, targets, weights = links(old, new, ratio, align_corners, antialias)
        y = carried(y, axis, sources, targets, weights, new)
    return y


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
    dx = grad.copy()
    for axis, old, new, ratio in _changes(images, size, scale_factor):
        sources, targets, weights = links(old, new, ratio, align_corners, antialias)
        dx = carried(dx, axis, targets, sources, weights, old)
    return (dx,)


def new_size(images: Real, size: Size, scale_factor: Factor) -> tuple[int, int]:
    """Height and width of the new images."""
    if size is not None:
        return _pair(size)
    down, across = _pair(scale_factor)
    return int(images.shape[2] * down), int(images.shape[3] * across)


def _pair(value: Any) -> tuple[Any, Any]:
    return value if isinstance(value, tuple) else (value, value)


def _changes(
    images: Real, size: Size, scale_factor: Factor
) -> Iterator[tuple[int, int, int, Fraction]]:
    """Each axis that changes, its old length, its new length, and the step in the old image."""
    news = new_size(images, size, scale_factor)
    if min(*images.shape[1:], *news) < 1:
        raise ValueError(f"no channel or no pixel: shape {images.shape} becomes {news}")
    for axis, new, factor in zip((2, 3), news, _pair(scale_factor), strict=True):
        old = images.shape[axis]
        if old != new:
            yield (
                axis,
                old,
                new,
                1 / Fraction(float(factor)) if size is None else Fraction(old, new),
            )


def constant_stays(f, images, **settings):
    """An image of one colour keeps its colour."""
    colour = images[:, :, :1, :1]
    resized = f(0 * images + colour, **settings)
    return resized, colour + 0 * resized


def linear(f, images, **settings):
    """Resizing a sum of images gives the sum of the resized images."""
    other = images[:, :, ::-1, :]
    both = f(images + 2 * other, **settings)
    return both, f(images, **settings) + 2 * f(other, **settings)


def mirrored(f, images, **settings):
    """With half-pixel centres and a given size, the mirror image gives the mirrored result."""
    size = new_size(images, settings["size"], settings["scale_factor"])
    settings = {**settings, "size": size, "align_corners": False}
    mirror = f(images[:, :, ::-1, ::-1], **settings)
    return mirror, f(images, **settings)[:, :, ::-1, ::-1]


def one_axis_after_the_other(f, images, **settings):
    """Resizing the width first and the height afterwards gives the same."""
    height, width = new_size(images, settings["size"], settings["scale_factor"])
    wide = f(images, **{**settings, "size": (images.shape[2], width)})
    whole = f(images, **{**settings, "size": (height, width)})
    return f(wide, **{**settings, "size": (height, width)}), whole


def a_slope_stays_a_slope(f, images, **settings):
    """With align_corners, an image that rises evenly from top to bottom still does."""
    settings = {**settings, "size": 5, "align_corners": True, "antialias": False}
    first, last = images[:, :, :1, :], images[:, :, -1:, :]
    steps = np.arange(images.shape[2])[:, None]
    even = first * (images.shape[2] - 1 - steps) + last * steps
    ends = f(even, **settings)[:, :, [0, -1], :]
    new = np.arange(5)[:, None]
    return 4 * f(even, **settings), ends[:, :, :1] * (4 - new) + ends[:, :, 1:] * new


def _torch(torch, images, size, scale_factor, align_corners, antialias):
    new = new_size(images, size, scale_factor)
    # Where a length stays, PyTorch copies; with antialias, its gradient does not know that.
    kept = [a == b for a, b in zip(new, images.shape[2:], strict=True)]
    factors = tuple(1.0 if k else f for k, f in zip(kept, _pair(scale_factor), strict=True))
    # With antialias and a new width of 1, PyTorch 2.13 repeats the first of the new rows.
    turned = antialias and new[1] == 1
    order = slice(None, None, -1 if turned else 1)
    # PyTorch places pixel 130 of a float32 image with an error of 1e-5 pixels.
    exact = images.double()
    resized = torch.nn.functional.interpolate(
        exact.mT if turned else exact,
        size=None if size is None else new[order],
        scale_factor=factors[order] if size is None else None,
        mode="bilinear",
        align_corners=align_corners,
        antialias=antialias,
    )
    return (resized.mT if turned else resized).to(images.dtype)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        constant_stays,
        linear,
        mirrored,
        one_axis_after_the_other,
        a_slope_stays_a_slope,
    ),
    # A factor below 1 leaves nothing of an image with few pixels.
    possible=lambda images, size, scale_factor, **_: min(new_size(images, size, scale_factor)) > 0,
)
