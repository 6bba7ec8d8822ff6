"""Grid sampling: an image looked up at places between its pixels.

    y[n, c, p] = sum_i w_i(place p) x[n, c, i]                             (forward)
    dL/dx[n, c, i] = sum_p w_i(place p) g[n, c, p]                         (backward, g = dL/dy)
    dL/dgrid[n, p] = sum_ci g[n, c, p] x[n, c, i] dw_i/dplace dplace/dgrid

For each new pixel, `grid` has a place in the image, in coordinates from -1 to 1. The first of them
is along the last axis of the image. Without `align_corners`, -1 and 1 are the outer edges of the
outermost pixels; with it, they are their centres. In units of pixels, coordinate u is at
((u + 1) length - 1) / 2, or at (u + 1) (length - 1) / 2 with align_corners.

With `mode` "bilinear", the two nearest pixels along each axis are mixed linearly, and with
"bicubic" the four nearest by the kernel of `bicubic_resize` with s = -3/4. "nearest" copies the
nearest pixel, of two equally near ones that with the even index. Beyond the image is 0 where
`padding_mode` is "zeros", the nearest pixel of the edge where it is "border", and where it is
"reflection" the mirror image. The mirror is at the outer edge, with align_corners at the centre of
the outermost pixel. "border" and "reflection" move the place, but with "bicubic" each of the four
pixels.

The gradient of the grid is 0 with "nearest", and where a place was moved to the edge. On a pixel
the bilinear slope has a jump; the slope towards larger coordinates is taken, and 0 where "border"
or "reflection" ends, as in PyTorch. A coordinate that is nan or infinite gives nan, and in PyTorch
0, another pixel or a crash.

`x` has shape (n, c, *axes) with one to three axes, and `grid` (n, *new axes, number of axes).
PyTorch has two or three axes. "bicubic" is for at most two. Other shapes, modes and an image
without pixels raise ValueError. Spatial transformers take the grid from `affine_grid`.

The code is longer than that of other operations, because three modes meet three paddings, and each
has a weight and its slope.

    >>> x, grid = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[0.0, 0.0], [1 / 3, 0.0]]]])
    >>> forward(x, grid)
    array([[[[2., 3.]]]])

Source: Jaderberg et al. 2015, section 3.3, eq. 3 and 5-7; Keys 1981, eq. 4 (bicubic).
"""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from typing import Annotated as Shaped
from typing import Any, NamedTuple

import numpy as np

from reference.resampling._links import SHARP
from reference.spec import Between, Convention, Gradients, Index, Real, Spec, Try, settings_of

MODES = ("bilinear", "nearest", "bicubic")
PADDINGS = ("zeros", "border", "reflection")
FAR = 2**30  # pixels: an index of more is outside, and so is nan
MARGIN = 1e-4  # pixels: nearer to a tie, rounding decides


class Neighbours(NamedTuple):
    """Along one axis: a pixel for each place, whether it is in the image, its weight and slope."""

    pixel: Index
    inside: Any
    weight: Real
    slope: Real


def forward(
    x: Shaped[Real, "n c *h"],
    grid: Shaped[Real, "n *p+0*h len(h)", Between(-1.5, 1.6)],  # whose thousandths are no ties
    *,
    mode: Shaped[str, Try(MODES)] = "bilinear",
    padding_mode: Shaped[str, Try(PADDINGS)] = "zeros",
    align_corners: Shaped[bool, Convention((False, True))] = False,
) -> Shaped[Real, "n c ..."]:
    image = np.moveaxis(x, 1, -1)
    y = np.zeros_like(x, shape=(*grid.shape[:-1], x.shape[1]))
    for at, inside, corner in _corners(x, grid, mode, padding_mode, align_corners):
        weight = _product([each.weight for each in corner])
        y = y + np.where(inside, image[at], 0) * weight[..., None]
    return np.moveaxis(y, -1, 1)


@settings_of(forward)
def backward(
    grad: Real, x: Real, grid: Real, *, mode: str, padding_mode: str, align_corners: bool
) -> Gradients:
    image, upstream = np.moveaxis(x, 1, -1), np.moveaxis(grad, 1, -1)
    dimage, dgrid = np.zeros_like(image), np.zeros_like(grid)
    for at, inside, corner in _corners(x, grid, mode, padding_mode, align_corners):
        weights = [each.weight for each in corner]
        share = upstream * _product(weights)[..., None]
        np.add.at(dimage, at, np.where(inside, share, 0))
        rise = (upstream * np.where(inside, image[at], 0)).sum(axis=-1)
        for axis, each in enumerate(corner):
            slope = _product([*weights[:axis], each.slope, *weights[axis + 1 :]])
            dgrid[..., -1 - axis] += rise * slope
    return np.moveaxis(dimage, -1, 1), dgrid


def _corners(
    x: Real, grid: Real, mode: str, padding_mode: str, align_corners: bool
) -> Iterator[tuple[Any, Any, tuple[Neighbours, ...]]]:
    """The pixels that a place mixes: their index, whether they are inside, and each axis of it."""
    lengths = x.shape[2:]
    if mode not in MODES or padding_mode not in PADDINGS:
        raise ValueError(f"there is no mode {mode!r} with padding_mode {padding_mode!r}")
    if grid.ndim != x.ndim or grid.shape[-1] != len(lengths) or len(grid) != len(x):
        raise ValueError(f"an image of shape {x.shape} has no grid of shape {grid.shape}")
    if min(lengths) < 1 or (mode == "bicubic" and len(lengths) > 2):
        raise ValueError(f"no pixels, or three axes with bicubic: shape {x.shape}")
    examples = np.reshape(np.arange(len(x)), (-1, *[1] * len(lengths)))
    along = [
        _along(grid[..., -1 - axis], length, mode, padding_mode, align_corners)
        for axis, length in enumerate(lengths)
    ]
    for corner in product(*along):
        inside = np.all([each.inside for each in corner], axis=0)[..., None]
        yield (examples, *(each.pixel for each in corner)), inside, corner


def _product(factors: list[Real]) -> Real:
    return reduce(np.multiply, factors)


def _along(
    u: Real, length: int, mode: str, padding_mode: str, align_corners: bool
) -> list[Neighbours]:
    """The pixels along one axis that are mixed for each coordinate.

    Places are counted from the middle of the image, where they keep their digits.
    """
    middle = (length - 1) / 2
    reach = middle if align_corners else length / 2
    place, rise = u * reach, 0 * u + reach
    if mode != "bicubic":
        place, rise = _moved(place, rise, middle, reach, padding_mode)
    low = np.rint(place + middle) if mode == "nearest" else np.floor(place + middle)
    t, r = place - (low - middle), (low - middle + 1) - place
    if mode == "nearest":
        mixed = [(0, 1 + 0 * t, 0 * t)]
    elif mode == "bilinear":
        mixed = [(0, r, -rise), (1, t, rise)]
    else:
        mixed = [(k, weight, rise * slope) for k, weight, slope in _cubic(t, r)]
    found = []
    for k, weight, slope in mixed:
        at = low + k
        if mode == "bicubic":
            at = _moved(at - middle, rise, middle, reach, padding_mode)[0] + middle
        pixel = np.where(np.abs(at) < FAR, at, -FAR).astype(int)
        inside = (pixel >= 0) & (pixel < length)
        found.append(Neighbours(np.where(inside, pixel, 0), inside, weight, slope))
    return found


def _moved(
    place: Real, rise: Real, middle: float, reach: float, padding_mode: str
) -> tuple[Real, Real]:
    """The places in the image that stand for these, and how they rise with the coordinate."""
    if padding_mode == "zeros":
        return place, rise
    if padding_mode == "reflection":
        turns = np.rint(place / (2 * reach or 1))
        back, rest = turns % 2 == 1, place - 2 * reach * turns
        place, rise = np.where(back, -rest, rest), np.where(back, -rise, rise)
    free = np.abs(place) < middle
    return np.clip(place, -middle, middle), np.where(free, rise, 0)


def _cubic(t: Real, r: Real) -> list[tuple[int, Real, Real]]:
    """The four pixels around a place t after one and r before another: offset, weight and slope.

    These are the cubics of Keys, as products, so that small weights keep their digits.
    """
    s = float(SHARP)
    return [
        (-1, s * t * r * r, s * r * (r - 2 * t)),
        (0, r * (1 + t - (s + 2) * t * t), (3 * (s + 2) * t - 2 * (s + 3)) * t),
        (1, t * (1 + r - (s + 2) * r * r), (2 * (s + 3) - 3 * (s + 2) * r) * r),
        (2, s * r * t * t, s * t * (2 * r - t)),
    ]


def linear_in_the_image(f, x, grid, **settings):
    """Sampling a sum of images gives the sum of the samples."""
    both = f(x + 2 * x[:, ::-1], grid, **settings)
    return both, f(x, grid, **settings) + 2 * f(x[:, ::-1], grid, **settings)


def mirrored(f, x, grid, **settings):
    """The mirror image at the places with the opposite sign gives the same."""
    return f(np.flip(x, tuple(range(2, x.ndim))), -grid, **settings), f(x, grid, **settings)


def one_colour_stays(f, x, grid, **settings):
    """An image of one colour that goes on beyond its edge keeps its colour."""
    colour = x.sum(axis=tuple(range(2, x.ndim)), keepdims=True)
    y = f(0 * x + colour, grid, **{**settings, "padding_mode": "border"})
    return y, colour + 0 * y


def reflected_again_and_again(f, x, grid, **settings):
    """After two mirrors, which are 4 apart in the coordinates, the image begins again."""
    settings = {**settings, "padding_mode": "reflection"}
    return f(x, grid + 4, **settings), f(x, grid, **settings)


def axes_exchanged(f, x, grid, **settings):
    """The image with its axes in the opposite order, at places in the opposite order, is alike."""
    order = (0, 1, *range(x.ndim - 1, 1, -1))
    return f(x.transpose(order), grid[..., ::-1], **settings), f(x, grid, **settings)


def _possible(x, grid, mode, padding_mode, align_corners):
    """Whether it is clear which pixels each place mixes, however the numbers are rounded."""
    if mode == "bicubic":  # which has no jump, not even in its slope
        return x.ndim < 5
    lengths = np.array(x.shape[:1:-1])
    steps = lengths - 1 if align_corners else lengths
    place = ((grid + 1) * steps - (not align_corners)) / 2 + (mode == "nearest") / 2
    unclear = np.abs(place - np.round(place)) < MARGIN
    return not np.any(unclear & (steps > 0))


def _torch(torch, x, grid, mode, padding_mode, align_corners):
    one_axis = x.ndim == 3
    if one_axis:  # PyTorch takes a second one, at whose only pixel every place is
        x, grid = x[:, :, None], grid[:, None]
        grid = torch.cat([grid, torch.zeros_like(grid)], dim=-1)
    y = torch.nn.functional.grid_sample(
        x, grid, mode=mode, padding_mode=padding_mode, align_corners=align_corners
    )
    return y[:, :, 0] if one_axis else y


def _terms(x, grid, mode, **_):
    """The four slopes of a cubic cancel where the pixels are equal."""
    return np.abs(x).max(initial=0) * max(x.shape[2:]) if mode == "bicubic" else 0


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        linear_in_the_image,
        mirrored,
        one_colour_stays,
        reflected_again_and_again,
        axes_exchanged,
    ),
    possible=_possible,
)
