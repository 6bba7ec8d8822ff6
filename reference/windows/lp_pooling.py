"""Power pooling (LP pooling): the p-norm of each window, between a sum and a maximum.

    y[n, c, j] = (sum_k x[n, c, j stride + k]^p)^(1/p)                   (forward)
    dL/dx[n, c, i] = sum_j g[n, c, j] (x[n, c, i] / y[n, c, j])^(p - 1)
                                                  (backward, over the windows j around i, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch. p is `power`: 1 gives sums, 2
lengths, and with a growing even power the result approaches the largest absolute value. As in
PyTorch, no absolute values are taken: with a power that is no even number, negative entries give
negative terms, and the root of a negative sum is nan.

`size` and `stride` are one number, or a tuple with one for each axis. The stride is the size unless
it is given. Along an axis of length h there are (h - size) / stride + 1 windows, rounded down, or
rounded up with `ceil_mode`. Then the last window may end after the image. Its sum is multiplied by
full size / number of entries in the image, as in PyTorch, so that an even image gives even norms.

A window of zeros has the gradient 0 by convention, as in PyTorch. With power 1, where PyTorch has 0
whenever a sum is 0, this has the derivative. Settings that do not match raise ValueError. Unlike in
PyTorch, no power of a finite entry overflows: each window is divided by its largest entry first.

    >>> forward(np.array([[[3.0, 4.0, 0.0, 2.0]]]), power=2.0)
    array([[[5., 2.]]])

Source: Sermanet, Chintala, LeCun 2012, section 2.2; Gulcehre et al. 2014, eq. 1.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._windows import Lengths, Windows


def forward(
    x: Shaped[Real, "n c *h+size"],
    *,
    power: Shaped[float, Try((1.0, 2.0, 4.0))],
    size: Shaped[int | Lengths, Try((2, 3)), Range(2, 5), Each("h")] = 2,
    stride: Shaped[int | Lengths | None, Try((None, 1, 2, 3)), Each("h")] = None,
    ceil_mode: Shaped[bool, Try((False, True))] = False,
) -> Shaped[Real, "n c ..."]:
    _, _, _, unit, total = _summed(x, power, size, stride=stride, ceil_mode=ceil_mode)
    return unit * total ** (1 / power)


@settings_of(forward)
def backward(grad: Real, x: Real, *, power: float, size: Any, **settings: Any) -> Gradients:
    image, at, full, unit, total = _summed(x, power, size, **settings)
    share = grad * full * np.where(total != 0, total, 1) ** (1 / power - 1)
    dimage = np.zeros_like(grad, shape=image.shape)
    for _, window in at.entries:
        dimage[window] += share * (image[window] / unit) ** (power - 1)
    return (_windows.unpadded(dimage, at.pads),)


def _summed(
    x: Real, power: float, size: Any, **settings: Any
) -> tuple[Real, Windows, Real, Real, Real]:
    """The sum over each window of (x / unit)^p, with all that leads to it.

    The unit of a window is its largest entry, so that no power overflows.
    """
    at, _ = _windows.of_pooling(x.shape[2:], size, padding=0, **settings)
    inside = np.pad(np.ones(x.shape[2:], dtype=int), at.pads)
    counts = sum(inside[window] for _, window in at.entries)
    full = math.prod(_windows.each("size", size, x.ndim - 2)) / counts.astype(x.dtype)
    image = _windows.padded(x, at.pads)
    largest = np.zeros_like(x, shape=(*x.shape[:2], *at.counts))
    for _, window in at.entries:
        largest = np.maximum(largest, np.abs(image[window]))
    scaled = (largest > 0) & (largest < np.inf) & (power > 1)
    unit = np.where(scaled, largest, 1)
    total = full * sum((image[window] / unit) ** power for _, window in at.entries)
    return image, at, full, unit, total


def zero_windows(x: Real, *, power: float, size: Any, **settings: Any) -> tuple[Any, ...]:
    """The entries in a window of zeros: their gradient is a convention, but for power 1."""
    image, at, _, _, total = _summed(x, power, size, **settings)
    there = np.zeros(image.shape, dtype=int)
    for _, window in at.entries:
        there[window] += (total == 0) & (power > 1)
    return (_windows.unpadded(there, at.pads) > 0,)


def sizes_of_terms(x: Real, **settings: Any) -> Gradients:
    """Upstream gradients of both signs cancel where windows overlap."""
    return backward(np.ones_like(forward(x, **settings)), np.abs(x), **settings)


def power_one_adds(f, x, *, power, ceil_mode, **settings):
    """With power 1 a window gives its sum, so the sum of two images gives the sum of theirs."""
    settings = {**settings, "power": 1.0, "ceil_mode": ceil_mode}
    return f(x + 2 * x[::-1], **settings), f(x, **settings) + 2 * f(x[::-1], **settings)


def grows_with_the_image(f, x, **settings):
    """Three times the image has three times the norms."""
    return f(3 * x, **settings), 3 * f(x, **settings)


def a_window_of_one_copies(f, x, *, size, stride, **settings):
    """A window of one entry has this entry as its norm, without its sign if the power is even."""
    alone = f(x, size=1, stride=1, **settings)
    return alone, x if settings["power"] == 1 else np.abs(x)


def _torch(torch, x, power, **settings):
    size: Any = _windows.each("size", settings.pop("size"), x.ndim - 2)
    wide = x.float() if x.dtype.itemsize == 2 else x  # a power of a 16-bit float is soon 0 or inf
    if power == 1:  # where the sum is 0, lp_pool has the gradient 0
        mean = getattr(torch.nn.functional, f"avg_pool{x.ndim - 2}d")
        return (mean(wide, size, **settings) * math.prod(size)).to(x.dtype)
    size = size if x.ndim > 3 else size[0]
    pool = getattr(torch.nn.functional, f"lp_pool{x.ndim - 2}d")
    return pool(wide, power, size, **settings).to(x.dtype)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(power_one_adds, grows_with_the_image, a_window_of_one_copies),
    by_convention=zero_windows,
    terms=sizes_of_terms,
)
