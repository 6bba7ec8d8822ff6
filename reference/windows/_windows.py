"""Windows along one to three axes, which convolution and pooling have in common.

A window has `size` entries along each axis, `dilation` apart, and each window begins `stride` after
the one before. So entry k of window j is entry j stride + k dilation of the image:

    y[j] = sum_k w[k] x[j stride + k dilation]

Entry k of all windows is one slice of the image. To sum over windows is to loop over k, and what
is added to these slices is the transpose of what is read from them.
"""

from typing import Any, NamedTuple

import numpy as np

from reference.spec import Real

Lengths = tuple[int, ...]
Pads = tuple[tuple[int, int], ...]  # before and after each axis

NUMPY_MODES: dict[str, Any] = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


class Windows(NamedTuple):
    """The windows over an image.

    `pads` is what they need around the image, and `counts` how many there are along each axis.
    `entries` has each index k of a window, and that of the slice of the padded image which holds
    entry k of all windows.
    """

    pads: Pads
    counts: Lengths
    entries: tuple[tuple[Any, Any], ...]


def over(
    lengths: Lengths,
    size: Any,
    *,
    stride: Any,
    padding: Any,
    dilation: Any,
    ceil_mode: bool = False,
) -> Windows:
    """All windows over an image of these lengths. Raises ValueError where there is none.

    With `ceil_mode` the last window may end after the padded image. It begins in the image, or in
    the padding before it.
    """
    if not lengths:
        raise ValueError("an image has at least one axis beside those of examples and channels")
    size = each("size", size, len(lengths))
    stride = each("stride", stride, len(lengths))
    dilation = each("dilation", dilation, len(lengths))
    spans = reach(size, dilation)
    pads, counts = [], []
    around = _pads(padding, spans, stride)
    for length, (before, after), span, step in zip(lengths, around, spans, stride, strict=True):
        room = before + length + after - span
        count = (room + (step - 1 if ceil_mode else 0)) // step + 1
        if ceil_mode and (count - 1) * step >= before + length:
            count -= 1
        if count < 1:
            raise ValueError(f"a window over {spans} does not fit into {lengths}, padded: {around}")
        counts.append(count)
        pads.append((before, max(after, (count - 1) * step + span - before - length)))
    return Windows(tuple(pads), tuple(counts), entries(tuple(counts), size, stride, dilation))


def entries(
    counts: Lengths, size: Lengths, stride: Lengths, dilation: Lengths
) -> tuple[tuple[Any, Any], ...]:
    """Each index k of a window, and the slice of the image with entry k of so many windows."""
    found = []
    for k in np.ndindex(size):
        starts = zip(k, dilation, counts, stride, strict=True)
        slices = (slice(i * d, i * d + (n - 1) * s + 1, s) for i, d, n, s in starts)
        found.append(((..., *k), (..., *slices)))
    return tuple(found)


def of_pooling(
    lengths: Lengths, size: Any, *, stride: Any, padding: Any, dilation: Any = 1, ceil_mode: bool
) -> tuple[Windows, Pads]:
    """The windows of pooling, and what is added before and after each axis by the padding alone.

    The stride is the size unless it is given. Raises ValueError for a padding of more than half of
    the size, where a window may lie in it altogether.
    """
    sizes = each("size", size, len(lengths))
    pads = each("padding", padding, len(lengths), least=0)
    if any(2 * pad > k for pad, k in zip(pads, sizes, strict=True)):
        raise ValueError(f"a padding of {padding} is more than half of the size {size}")
    stride = sizes if stride is None else stride
    at = over(lengths, sizes, stride=stride, padding=pads, dilation=dilation, ceil_mode=ceil_mode)
    return at, tuple((pad, pad) for pad in pads)


def each(name: str, value: Any, rank: int, least: int = 1) -> Lengths:
    """A setting as one number for each axis. Raises ValueError where there are more or fewer."""
    numbers = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    if len(numbers) != rank or any(number < least for number in numbers):
        raise ValueError(f"{name} is {value}, not {rank} whole numbers of at least {least}")
    return numbers


def reach(size: Lengths, dilation: Lengths) -> Lengths:
    """How many entries a window spans, gaps included."""
    return tuple(d * (k - 1) + 1 for k, d in zip(size, dilation, strict=True))


def every(steps: Lengths) -> Any:
    """The index of the entries that are so many steps apart along the last axes, from the first."""
    return (..., *(slice(None, None, step) for step in steps))


def padded(x: Real, pads: Pads, mode: str = "zeros", value: float = 0) -> Real:
    """The image with entries around it, those of mode "zeros" having this value.

    Without any, it is the image itself, and no copy.
    Raises ValueError where the image is too short for them.
    """
    if mode not in NUMPY_MODES:
        raise ValueError(f"padding_mode {mode!r} is not one of {', '.join(NUMPY_MODES)}")
    for length, pad in zip(x.shape[2:], pads, strict=True):
        if max(pad) > {"reflect": length - 1, "circular": length}.get(mode, max(pad)):
            raise ValueError(f"an axis of length {length} is too short for {mode} padding {pad}")
    if not any(map(any, pads)):
        return x
    own: Any = {"constant_values": value} if mode == "zeros" else {}
    return np.pad(x, ((0, 0), (0, 0), *pads), mode=NUMPY_MODES[mode], **own)


def unpadded(grad: Real, pads: Pads, mode: str = "zeros") -> Real:
    """The transpose of `padded`: what is around the image is added to the entries it copies.

    Without anything around it, it is `grad` itself, and no copy.
    """
    for axis, (before, after) in enumerate(pads, start=2):
        if before == after == 0:
            continue
        along = np.moveaxis(grad, axis, 0)
        length = len(along) - before - after
        inside = along[before : before + length].copy()
        if mode != "zeros":
            source = np.pad(np.arange(length), (before, after), mode=NUMPY_MODES[mode])
            for at in (*range(before), *range(before + length, len(along))):
                inside[source[at]] += along[at]
        grad = np.moveaxis(inside, 0, axis)
    return grad


def _pads(padding: Any, spans: Lengths, stride: Lengths) -> Pads:
    if padding == "same":
        if max(stride) > 1:
            raise ValueError(f"padding 'same' needs a stride of 1, not {stride}")
        return tuple(((span - 1) // 2, span // 2) for span in spans)
    if isinstance(padding, str) and padding != "valid":
        raise ValueError(f"padding {padding!r} is neither 'same' nor 'valid'")
    numbers = each("padding", 0 if padding == "valid" else padding, len(spans), least=0)
    return tuple((number, number) for number in numbers)
