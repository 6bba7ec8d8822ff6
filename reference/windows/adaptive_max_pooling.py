"""Adaptive max pooling: the largest entry of each of as many regions as are asked.

    y[n, c, p] = max of x[n, c, i] over the i in region p                    (forward)
    dL/dx[n, c, i] = sum of g[n, c, p] over the regions p that took i        (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch; Keras has the channels last.
The second result counts the entries of one image and channel from 0, row by row, as PyTorch does
with return_indices=True. It has no derivative.

`size` is the number of regions along each axis: one number, or a tuple with one for each. None
keeps the length of an axis, and 1 is global max pooling. Region p of k along an axis of length h
has the entries from floor(p h / k) up to, and without, ceil((p + 1) h / k), so that neighbours
share an entry where h is no multiple of k.

If entries are equal, the first of them is taken, as in PyTorch. At such a tie every way to share
the gradient out is a subgradient. `at_tie` 0 gives each tied entry the least that it can get from
one, and 1 the most. In a region with nan the last nan is taken. A region
without entries raises ValueError, and so does a size that does not match.

    >>> forward(np.array([[[3, 1, 4, 1, 5]]]), size=2)
    (array([[[4, 5]]]), array([[[2, 4]]]))

Source: PyTorch's adaptive_max_pool; He, Zhang, Ren, Sun 2014, section 2.2, where the regions are
bins.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Index, Range, Real, Spec, Try, settings_of
from reference.windows import _regions, _windows
from reference.windows._largest import (
    NOWHERE,
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


def forward(
    x: Shaped[Real, "n c *h"],
    *,
    size: Shaped[int | Lengths | None, Try((1, 2, 3, None)), Range(1, 7), Each("h")],
) -> ValuesAndIndices:
    return largest(*_regions_of(x, size))


@settings_of(forward)
def backward(
    grad: Real,
    x: Real,
    *,
    size: Any,
    at_tie: AtTie = None,
) -> Gradients:
    image, places, at = _regions_of(x, size)
    if at_tie is None:
        return (to_those_taken(grad, largest(image, places, at)[1], x.shape),)
    dimage = np.zeros_like(grad, shape=image.shape)
    for region, share in shares(grad, image, places, at, at_tie):
        np.add.at(dimage, region, share)  # an entry may be entry k of several regions
    return (_windows.unpadded(dimage, at.pads),)


def _regions_of(x: Real, size: Any) -> tuple[Real, Index, Windows]:
    """The padded image, the place of each of its entries, and the regions as windows.

    All windows have the length of the longest region. A shorter one ends in the padding.
    """
    lengths = x.shape[2:]
    regions = _regions.over(lengths, size)
    longest = tuple(max(end - first for first, end in spans) for spans in regions)
    entries = []
    for k in np.ndindex(longest):
        pairs = zip(k, regions, strict=True)
        indices = [
            [first + i if first + i < end else -1 for first, end in spans] for i, spans in pairs
        ]
        entries.append((k, (..., *np.ix_(*indices))))
    pads = ((0, 1),) * len(lengths)
    places = np.arange(math.prod(lengths)).reshape(lengths)
    places = np.pad(places, pads, constant_values=NOWHERE)
    at = Windows(pads, tuple(map(len, regions)), tuple(entries))
    return _windows.padded(x, pads), places, at


def one_region_is_the_image(f, x, *, size):
    """A single region has the largest entry of the image."""
    return f(x, size=1)[0], x.max(axis=tuple(range(2, x.ndim)), keepdims=True)


def as_many_regions_as_entries_keep_the_image(f, x, *, size):
    """As many regions as entries keep the image."""
    return f(x, size=x.shape[2:])[0], x


def _torch(torch, x, size):
    rank = x.ndim - 2
    kept = (size,) * rank if size is None else size
    pool = getattr(torch.nn.functional, f"adaptive_max_pool{rank}d")
    return pool(x, x.shape[2] if rank == 1 and size is None else kept, return_indices=True)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        indices_point_at_the_values,
        doubles,
        rises_with_the_image,
        one_region_is_the_image,
        as_many_regions_as_entries_keep_the_image,
    ),
)
