"""Fractional max pooling: the largest entry of windows that begin at irregular distances.

    s[j] = floor((j + u) a) - floor(u a),   a = (h - size) / (outputs - 1)
    y[n, c, j] = max_k x[n, c, s[j] + k]                                 (forward)
    dL/dx[n, c, i] = sum of g[n, c, j] over the windows j that took i    (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes; PyTorch has it for two and three axes. Along
an axis of length h, `output_size` windows are distributed. The last begins at h - size whatever u
is, so a single one is the last. Two neighbours begin floor(a) or ceil(a) entries apart, and u, from
0 up to and without 1, decides where. So an image can be shrunk by a factor that is no whole number,
in another way each time.

`samples` has a number u for each image, channel and axis, in the order of the axes. They are given,
because a function that draws them itself could not be checked. In PyTorch, which draws them unless
_random_samples is given, those of an image with two axes are in the opposite order. `size` and
`output_size` are one number, or a tuple with one for each axis. A `ratio` replaces the output size
by floor(ratio h). The second result counts the entries of one image and channel from 0, row by row,
as PyTorch does with return_indices=True. It has no derivative.

If entries are equal, the first of them is taken, as in PyTorch. At such a tie every way to share
the gradient out is a subgradient. `at_tie` 0 gives each tied entry the least that it can get from
one, and 1 the most. In a window with nan the last nan is taken. More windows than there are places
for them raise ValueError, and so do shapes and settings that do not match.

    >>> x, u = np.array([[[3, 1, 4, 1, 5, 9]]]), np.array([[[0.4]]])
    >>> forward(x, u, size=2, output_size=4)
    (array([[[3, 4, 5, 9]]]), array([[[0, 2, 4, 5]]]))

Source: Graham 2014, section 2.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import (
    Between,
    Each,
    Given,
    Gradients,
    Index,
    Range,
    Real,
    Spec,
    Try,
    settings_of,
)
from reference.windows import _windows, max_pooling
from reference.windows._largest import (
    AtTie,
    ValuesAndIndices,
    doubles,
    indices_point_at_the_values,
    largest,
    rises_with_the_image,
    shares,
    to_those_taken,
)
from reference.windows._windows import Lengths, Windows

MARGIN = 1e-4  # nearer to a whole number, it depends on rounding where a window begins


def forward(
    x: Shaped[Real, "n c *h+size+output_size"],
    samples: Shaped[Real, "n c len(h)", Between(0, 1), Given()],
    *,
    size: Shaped[int | Lengths, Try((2, 3)), Range(1, 4), Each("h")] = 2,
    output_size: Shaped[int | Lengths | None, Try((2, 3, 1)), Range(1, 5), Each("h")],
    ratio: Shaped[float | tuple[float, ...] | None, Try((None, 0.5))] = None,
) -> ValuesAndIndices:
    return largest(*_placed(x, samples, size, output_size, ratio))


@settings_of(forward)
def backward(
    grad: Real,
    x: Real,
    samples: Real,
    *,
    size: Any,
    output_size: Any,
    ratio: Any,
    at_tie: AtTie = None,
) -> Gradients:
    image, places, at = _placed(x, samples, size, output_size, ratio)
    if at_tie is None:
        return (to_those_taken(grad, largest(image, places, at)[1], x.shape),)
    dimage = np.zeros_like(grad, shape=image.shape)
    for window, share in shares(grad, image, places, at, at_tie):
        dimage[window] += share  # no two windows begin at the same entry
    return (dimage,)


def beginnings(x: Real, samples: Real, size: Any, output_size: Any, ratio: Any) -> list[Index]:
    """Where the windows of each image and channel begin along each axis."""
    lengths = x.shape[2:]
    sizes = _windows.each("size", size, len(lengths))
    if ratio is not None:
        ratios = ratio if isinstance(ratio, tuple) else (ratio,) * len(lengths)
        output_size = tuple(int(r * h) for r, h in zip(ratios, lengths, strict=True))
    counts = _windows.each("output_size", output_size, len(lengths))
    if samples.shape != (*x.shape[:2], len(lengths)):
        raise ValueError(f"samples of {samples.shape} do not match an image of {x.shape}")
    if not np.all((samples >= 0) & (samples <= 1)):
        raise ValueError("samples lie between 0 and 1")
    found = []
    for axis, (h, k, count) in enumerate(zip(lengths, sizes, counts, strict=True)):
        if count + k - 1 > h:
            raise ValueError(f"an axis of length {h} has no place for {count} windows of {k}")
        # In float64 whatever the dtype is: where a window begins must not depend on rounding.
        u, step = samples[..., axis, None].astype(float), (h - k) / max(count - 1, 1)
        first = np.floor((np.arange(count) + u) * step) - np.floor(u * step)
        first[..., -1] = h - k
        found.append(first.astype(int))
    return found


def _placed(x: Real, samples: Real, size: Any, *counts: Any) -> tuple[Real, Index, Windows]:
    return beginning_at(x, beginnings(x, samples, size, *counts), size)


def beginning_at(x: Real, starts: list[Index], size: Any) -> tuple[Real, Index, Windows]:
    """The image, the place of each entry in it, and the windows: each channel has its own."""
    lengths = x.shape[2:]
    places = np.broadcast_to(np.arange(math.prod(lengths)).reshape(lengths), x.shape)
    planes = np.ix_(*map(range, x.shape[:2]), *[[0]] * len(lengths))[:2]
    counts = tuple(first.shape[2] for first in starts)
    along = []
    for axis, first in enumerate(starts):
        others = (1,) * axis, (1,) * (len(lengths) - axis - 1)
        along.append(np.reshape(first, (*x.shape[:2], *others[0], counts[axis], *others[1])))
    entries = tuple(
        (k, (*planes, *(first + i for first, i in zip(along, k, strict=True))))
        for k in np.ndindex(_windows.each("size", size, len(lengths)))
    )
    return x, places, Windows(((0, 0),) * len(lengths), counts, entries)


def as_many_windows_as_fit(f, x, samples, *, size, **_):
    """As many windows as fit are those of max pooling with a stride of 1."""
    sizes = _windows.each("size", size, x.ndim - 2)
    counts = tuple(h - k + 1 for h, k in zip(x.shape[2:], sizes, strict=True))
    all_of_them = f(x, samples, size=size, output_size=counts, ratio=None)
    return all_of_them, max_pooling.forward(x, size=size, stride=1)


def one_window_is_the_last(f, x, samples, *, size, **_):
    """A single window lies at the end of each axis."""
    sizes = _windows.each("size", size, x.ndim - 2)
    last = (..., *(slice(-k, None) for k in sizes))
    values, _ = f(x, samples, size=size, output_size=1, ratio=None)
    return values, x[last].max(axis=tuple(range(2, x.ndim)), keepdims=True)


def _possible(x, samples, size, output_size, ratio):
    """Whether it is clear where each window begins, however the numbers are rounded."""
    counts = [first.shape[2] for first in beginnings(x, samples, size, output_size, ratio)]
    sizes = _windows.each("size", size, x.ndim - 2)
    for axis, (h, k, count) in enumerate(zip(x.shape[2:], sizes, counts, strict=True)):
        step, u = (h - k) / max(count - 1, 1), samples[..., axis, None]
        at = (np.arange(count - 1) + u) * step
        unclear = abs(at - at.round()) < MARGIN
        unclear &= (at != 0) & ~((step == int(step)) & (u == u.round()))
        if unclear.any():
            return False
    return True


def _torch(torch, x, samples, size, output_size, ratio):
    rank = x.ndim - 2
    ratios = ratio if isinstance(ratio, tuple) else (ratio,) * rank
    settings = {"output_size": output_size} if ratio is None else {"output_ratio": ratios}
    settings["return_indices"] = True
    if rank == 3:
        pool = torch.nn.functional.fractional_max_pool3d
        return pool(x, size, **settings, _random_samples=samples)
    if rank == 2:
        pool = torch.nn.functional.fractional_max_pool2d
        return pool(x, size, **settings, _random_samples=samples.flip(2))
    counts = beginnings(x, samples.double().numpy(), size, output_size, ratio)[0].shape[2]
    pool = torch.nn.functional.fractional_max_pool2d  # PyTorch has none for one axis
    sizes = (*_windows.each("size", size, 1), 1)
    both = torch.cat([samples, samples], dim=2)
    found = pool(x[..., None], sizes, (counts, 1), return_indices=True, _random_samples=both)
    return tuple(each[..., 0] for each in found)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        indices_point_at_the_values,
        doubles,
        rises_with_the_image,
        as_many_windows_as_fit,
        one_window_is_the_last,
    ),
    possible=_possible,
)
