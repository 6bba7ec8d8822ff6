"""Average pooling: the mean of each window.

    y[n, c, j] = sum_k x[n, c, j stride + k] / count[j]          (forward)
    dL/dx[n, c, i] = sum of g[n, c, j] / count[j] over the windows j around i
                                                                 (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch; Keras has the channels last.
`size`, `stride` and `padding` are one number, or a tuple with one for each axis. The stride is the
size unless it is given. At most half of the size can be added before and after an axis. Along an
axis of length h there are (h + 2 padding - size) / stride + 1 windows, rounded down, or rounded up
with `ceil_mode`: then the last window may end after the padding, but one that would begin there or
in the padding after the image is left out.

What is added counts as 0. With `count_padding` it is counted, as in PyTorch, where the setting is
count_include_pad; without, a mean is that of the entries of the image alone, as in Keras and
TensorFlow. What lies after the padding is never counted. A `divisor` replaces all counts; PyTorch
calls it divisor_override, and has it along two and three axes only.

Shapes and settings that do not match raise ValueError, and so does a window with no entry of the
image. An empty batch gives an empty output.

    >>> x = np.array([[[2.0, 4.0, 6.0]]])
    >>> forward(x, size=2, padding=1), forward(x, size=2, padding=1, count_padding=False)
    (array([[[1., 5.]]]), array([[[2., 5.]]]))

Source: LeCun et al. 1989, where the mean is called subsampling; Boureau, Ponce, LeCun 2010.
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Convention, Each, Gradients, Range, Real, Spec, Try, settings_of
from reference.windows import _windows
from reference.windows._windows import Lengths, Windows


def forward(
    x: Shaped[Real, "n c *h+size"],
    *,
    size: Shaped[int | Lengths, Try((2, 3)), Range(2, 5), Each("h")] = 2,
    stride: Shaped[int | Lengths | None, Try((None, 1, 2, 3)), Each("h")] = None,
    padding: Shaped[int | Lengths, Try((0, 1)), Each("h")] = 0,
    ceil_mode: Shaped[bool, Try((False, True))] = False,
    count_padding: Shaped[bool, Convention((True, False))] = True,
    divisor: Shaped[int | None, Try((None, 1, 3))] = None,
) -> Shaped[Real, "n c ..."]:
    steps = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    at, counts = _counted(x, size, count_padding, divisor, **steps)
    image = _windows.padded(x, at.pads)
    return sum(image[window] for _, window in at.entries) / counts


@settings_of(forward)
def backward(
    grad: Real, x: Real, *, size: Any, count_padding: bool, divisor: int | None, **settings: Any
) -> Gradients:
    at, counts = _counted(x, size, count_padding, divisor, **settings)
    dimage = _windows.padded(np.zeros_like(x, dtype=grad.dtype), at.pads)
    share = grad / counts
    for _, window in at.entries:
        dimage[window] += share
    return (_windows.unpadded(dimage, at.pads),)


def _counted(
    x: Real, size: Any, count_padding: bool, divisor: int | None, **settings: Any
) -> tuple[Windows, Real]:
    """The windows, and how many entries each of them counts."""
    at, pads = _windows.of_pooling(x.shape[2:], size, **settings)
    if divisor == 0:
        raise ValueError("a divisor of 0 leaves no mean")
    inside = np.pad(np.ones(x.shape[2:], dtype=int), pads, constant_values=int(count_padding))
    after = [(0, wide[1] - pad[1]) for wide, pad in zip(at.pads, pads, strict=True)]
    inside = np.pad(inside, after)
    counts = sum(inside[window] for _, window in at.entries)
    counts = counts if divisor is None else np.full_like(counts, divisor)
    return at, counts.astype(x.dtype)  # of a float32 image the mean is float32


def rises_with_the_image(f, x, **settings):
    """Without padding and divisor, adding one number to the image adds it to every mean."""
    settings = {**settings, "count_padding": False, "divisor": None}
    return f(x + 3.0, **settings), f(x, **settings) + 3.0


def divisor_gives_sums(f, x, *, divisor, **settings):
    """With a divisor of 1 a window gives its sum, and with d the d-th part of it."""
    return f(x, divisor=3, **settings), f(x, divisor=1, **settings) / 3


def stride_leaves_out(f, x, *, stride, ceil_mode, **settings):
    """A stride of s keeps every s-th window of a stride of 1."""
    kept = _windows.every(_windows.each("stride", stride or settings["size"], x.ndim - 2))
    every = f(x, stride=1, ceil_mode=False, **settings)
    return f(x, stride=stride, ceil_mode=False, **settings), every[kept]


def mirrored(f, x, *, stride, ceil_mode, **settings):
    """The windows of the mirrored image are those of the image, mirrored."""
    settings = {**settings, "stride": 1, "ceil_mode": False}
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    return f(x[turned], **settings), f(x, **settings)[turned]


def _torch(torch, x, size, stride, padding, ceil_mode, count_padding, divisor):
    rank = x.ndim - 2
    pool = getattr(torch.nn.functional, f"avg_pool{rank}d")
    if rank == 3 and x.dtype.itemsize == 2:  # where PyTorch has no 16-bit floats
        whole = x.float(), size, stride, padding, ceil_mode, count_padding, divisor
        return pool(*whole).to(x.dtype)
    if divisor is None:
        return pool(x, size, stride, padding, ceil_mode, count_padding)
    if rank > 1:
        return pool(x, size, stride, padding, ceil_mode, count_padding, divisor)
    flat = {"size": size, "stride": stride or size, "padding": padding}  # PyTorch has none here
    size, stride, padding = ((_windows.each(k, v, 1, 0)[0]) for k, v in flat.items())
    pool = torch.nn.functional.avg_pool2d
    steps = (size, 1), (stride, 1), (padding, 0)
    return pool(x[..., None], *steps, ceil_mode, count_padding, divisor)[..., 0]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(rises_with_the_image, divisor_gives_sums, stride_leaves_out, mirrored),
)
