"""Adaptive average pooling: the mean of each of as many regions as are asked.

    y[n, c, p] = mean of x[n, c, i] over the i in region p                  (forward)
    dL/dx[n, c, i] = sum of g[n, c, p] / length[p] over the regions p around i
                                                                            (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch; Keras has the channels last.
`size` is the number of regions along each axis: one number, or a tuple with one for each. None
keeps the length of an axis, and 1 is global average pooling. Region p of k along an axis of length
h has the entries from floor(p h / k) up to, and without, ceil((p + 1) h / k), so that neighbours
share an entry where h is no multiple of k, and entries are repeated where k is larger than h.

A region along several axes is a rectangle, and its mean is the mean along one axis of the means
along the next. The mean of no entries is nan. A size that does not match raises ValueError.
PyTorch's `interpolate` with mode "area" is this operation.

    >>> x = np.array([[[1.0, 2.0, 6.0]]])
    >>> forward(x, size=2), forward(x, size=1)
    (array([[[1.5, 4. ]]]), array([[[3.]]]))

Source: PyTorch's adaptive_avg_pool; He, Zhang, Ren, Sun 2014, section 2.2, where the regions are
bins; Lin, Chen, Yan 2014, section 3.2 (global average pooling).
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Each, Gradients, Range, Real, Spec, Try, settings_of
from reference.windows import _regions
from reference.windows._windows import Lengths


def forward(
    x: Shaped[Real, "n c *h"],
    *,
    size: Shaped[int | Lengths | None, Try((1, 2, 3, None)), Range(1, 7), Each("h")],
) -> Shaped[Real, "n c ..."]:
    y = x
    for axis, spans in enumerate(_regions.over(x.shape[2:], size), start=2):
        lines = np.moveaxis(y, axis, 0)
        sums = [np.einsum("i...->...", lines[first:end]) for first, end in spans]
        means = [total / (end - first) for total, (first, end) in zip(sums, spans, strict=True)]
        y = np.stack(means, axis=axis)
    return y


@settings_of(forward)
def backward(grad: Real, x: Real, *, size: Any) -> Gradients:
    dx = grad
    for axis, spans in reversed([*enumerate(_regions.over(x.shape[2:], size), start=2)]):
        length = x.shape[axis] // len(spans)
        if x.shape[axis] == length * len(spans):  # the regions share nothing
            dx = np.repeat(dx / length, length, axis=axis)
            continue
        before, after = dx.shape[:axis], dx.shape[axis + 1 :]
        lines, ahead = np.zeros_like(dx, shape=(*before, x.shape[axis], *after)), (slice(None),)
        for p, (first, end) in enumerate(spans):
            part = dx[(*ahead * axis, slice(p, p + 1))]
            lines[(*ahead * axis, slice(first, end))] += part / (end - first)
        dx = lines
    return (dx,)


def one_region_is_the_mean(f, x, *, size):
    """A single region has the mean of the image."""
    axes = tuple(range(2, x.ndim))
    count = np.prod(x.shape[2:])
    return f(x, size=1), x.sum(axis=axes, keepdims=True) / count


def as_many_regions_as_entries_keep_the_image(f, x, *, size):
    """As many regions as entries keep the image."""
    return f(x, size=x.shape[2:]), x


def linear(f, x, *, size):
    """The means of a sum of images are the sums of their means."""
    return f(3 * x + x[::-1], size=size), 3 * f(x, size=size) + f(x[::-1], size=size)


def mirrored(f, x, *, size):
    """The regions of the mirrored image are those of the image, mirrored."""
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    return f(x[turned], size=size), f(x, size=size)[turned]


def _torch(torch, x, size):
    rank = x.ndim - 2
    kept = (size,) * rank if size is None else size
    pool = getattr(torch.nn.functional, f"adaptive_avg_pool{rank}d")
    return pool(x, x.shape[2] if rank == 1 and size is None else kept)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        one_region_is_the_mean,
        as_many_regions_as_entries_keep_the_image,
        linear,
        mirrored,
    ),
)
