"""Bicubic resizing: each new pixel mixes the sixteen around its place in the old image.

    y[p, q] = sum_ij a[p, i] b[q, j] x[i, j]           (forward, for each example and channel)
    dL/dx[i, j] = sum_pq a[p, i] b[q, j] g[p, q]       (backward, g = dL/dy)
    a[p, i] = k(d),   d = |place of new pixel p - i|
    k(d) = (s + 2) d^3 - (s + 3) d^2 + 1               (d <= 1; s = -3/4)
    k(d) = s d^3 - 5 s d^2 + 8 s d - 4 s               (1 < d < 2, and 0 further away)

Each axis has its own weights, a or b. Some of them are negative, so that a result may be larger or
smaller than all pixels. In units of old pixels, new pixel p lies at ratio (p + 1/2) - 1/2, where
ratio is old height / new height. Beyond its edge the image goes on with the pixels of the edge.
With `align_corners`, new pixel p lies at p (old - 1) / (new - 1).

With `antialias`, s is -1/2 as in Pillow, distances are divided by max(ratio, 1), and the weights of
the pixels within the image by their sum. With both, ratio is that of align_corners and the centres
are the others. An axis whose length stays is copied; PyTorch computes x + 0 x there, which makes
nan of inf.

`images` has shape (n, c, height, width). `size` is one number for both axes, or (height, width). If
it is None, the new length is the old one times `scale_factor`, rounded down, and ratio is
1 / scale_factor; with recompute_scale_factor, PyTorch takes old / new instead, as `size` does. The
default factor 2 is that of UpSampling2D in Keras. PyTorch has none, and calls this `interpolate`
with mode "bicubic". TensorFlow 2 has s = -1/2. An image without channels or pixels raises
ValueError.

    >>> forward(np.array([[[[0.0, 0.0, 4.0, 4.0]]]]), size=(1, 2))
    array([[[[-0.375,  4.375]]]])

Source: Keys 1981, eq. 4, where s is a; Turkowski 1990 (antialias).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.resampling._links import CUBIC, changes, each, new_lengths, resized, resized_back
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
    steps = changes(images, size, scale_factor)
    return resized(images, steps, CUBIC, align_corners, antialias)


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
    return (resized_back(grad, steps, CUBIC, align_corners, antialias),)


def constant_stays(f, images, **settings):
    """An image of one colour keeps its colour: the weights of a new pixel add up to 1."""
    colour = images[:, :, :1, :1]
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
    return f(np.flip(images, (2, 3)), **settings), np.flip(f(images, **settings), (2, 3))


def one_axis_after_the_other(f, images, **settings):
    """Resizing the width first and the height afterwards gives the same."""
    height, width = new_lengths(images, settings["size"], settings["scale_factor"])
    wide = f(images, **{**settings, "size": (images.shape[2], width)})
    whole = {**settings, "size": (height, width)}
    return f(wide, **whole), f(images, **whole)


def corners_stay(f, images, **settings):
    """With align_corners, the four corners of the image keep their colours."""
    settings = {**settings, "size": 5, "align_corners": True, "antialias": False}
    corners = (slice(None), slice(None), [0, 0, -1, -1], [0, -1, 0, -1])
    return f(images, **settings)[corners], images[corners]


def _torch(torch, images, size, scale_factor, align_corners, antialias):
    new = new_lengths(images, size, scale_factor)
    factors = tuple(  # where a length stays, PyTorch copies only with a factor of 1
        1.0 if a == b else f
        for a, b, f in zip(new, images.shape[2:], each("", scale_factor, 2), strict=True)
    )
    # With antialias and a new width of 1, PyTorch 2.13 repeats the first of the new rows.
    turned = antialias and new[1] == 1
    order = slice(None, None, -1 if turned else 1)
    exact = images.double()  # PyTorch places pixel 130 of a float32 image with an error of 1e-5
    y = torch.nn.functional.interpolate(
        exact.mT if turned else exact,
        size=None if size is None else new[order],
        scale_factor=factors[order] if size is None else None,
        mode="bicubic",
        align_corners=align_corners,
        antialias=antialias,
    )
    return (y.mT if turned else y).to(images.dtype)


SPEC = Spec(
    forward=forward,
    backward=backward,
    # PyTorch rounds the place of a pixel, by the more the farther it is from the first one.
    lost=lambda images, **_: max(images.shape[2:]) / 8,
    torch=_torch,
    properties=(constant_stays, linear, mirrored, one_axis_after_the_other, corners_stay),
    # A factor below 1 leaves nothing of an image with few pixels.
    possible=lambda images, size, scale_factor, **_: (
        min(new_lengths(images, size, scale_factor)) > 0
    ),
)
