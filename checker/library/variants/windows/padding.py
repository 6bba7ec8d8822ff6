"""Right ways to pad an image, and the gradient of it."""

from typing import Any

import numpy as np

MODES: Any = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def by_index(x, *, before=1, after=1, mode="constant", value=0.0):
    """Along each axis, which entry is copied to which place."""
    for axis, numbers in enumerate(_numbers(x, before, after, mode), start=2):
        outside = numbers < 0
        x = np.take(x, np.where(outside, 0, numbers), axis=axis)
        frame = outside.reshape(-1, *[1] * (x.ndim - axis - 1))
        x = np.where(frame, value, x)
    return x


def by_numpy(x, *, before=1, after=1, mode="constant", value=0.0):
    kept, pads = _parts(x, before, after)
    own: Any = {"constant_values": value} if mode == "constant" else {}
    around: Any = [(0, 0), (0, 0), *pads]
    return np.pad(x[kept].astype(float), around, mode=MODES[mode], **own)


def matrix_of_each_axis(x, *, before=1, after=1, mode="constant", value=0.0):
    shift = value if mode == "constant" else 0.0
    y = x - shift
    for axis, numbers in enumerate(_numbers(x, before, after, mode), start=2):
        matrix = numbers[:, None] == np.arange(x.shape[axis])
        y = np.moveaxis(np.tensordot(matrix.astype(float), y, axes=(1, axis)), 0, axis)
    return y + shift


def entry_by_entry(x, *, before=1, after=1, mode="constant", value=0.0):
    numbers = _numbers(x, before, after, mode)
    y = np.full((*x.shape[:2], *map(len, numbers)), value, dtype=float)
    for place in np.ndindex(y.shape[2:]):
        source = [along[p] for along, p in zip(numbers, place, strict=True)]
        if min(source) >= 0:
            y[(..., *place)] = x[(..., *source)]
    return y


def added_entry_by_entry(grad, x, *, before=1, after=1, mode="constant", value=0.0):
    numbers = _numbers(x, before, after, mode)
    dx = np.zeros(x.shape)
    for place in np.ndindex(grad.shape[2:]):
        source = [along[p] for along, p in zip(numbers, place, strict=True)]
        if min(source) >= 0:
            dx[(..., *source)] += grad[(..., *place)]
    return (dx,)


def transposed_matrices(grad, x, *, before=1, after=1, mode="constant", value=0.0):
    for axis, numbers in enumerate(_numbers(x, before, after, mode), start=2):
        matrix = (numbers[:, None] == np.arange(x.shape[axis])).astype(float)
        grad = np.moveaxis(np.tensordot(matrix.T, grad, axes=(1, axis)), 0, axis)
    return (grad,)


def added_at_the_sources(grad, x, *, before=1, after=1, mode="constant", value=0.0):
    """Of one axis after the other, everything is added to where it was copied from."""
    for axis, numbers in enumerate(_numbers(x, before, after, mode), start=2):
        lines = np.moveaxis(grad, axis, 0)
        sums = np.zeros((x.shape[axis], *lines.shape[1:]))
        np.add.at(sums, numbers[numbers >= 0], lines[numbers >= 0])
        grad = np.moveaxis(sums, 0, axis)
    return (grad,)


def _parts(x, before, after):
    rank = x.ndim - 2
    first = before if isinstance(before, tuple) else (before,) * rank
    last = after if isinstance(after, tuple) else (after,) * rank
    ends = list(zip(x.shape[2:], first, last, strict=True))
    kept = tuple(slice(max(-a, 0), n - max(-b, 0)) for n, a, b in ends)
    return (..., *kept), [(max(a, 0), max(b, 0)) for _, a, b in ends]


def _numbers(x, before, after, mode):
    """For each axis, the entry that each place copies, or -1."""
    (_, *kept), pads = _parts(x, before, after)
    found = []
    for part, (a, b), n in zip(kept, pads, x.shape[2:], strict=True):
        entries = np.arange(n)[part]
        at = np.arange(-a, len(entries) + b)
        last = len(entries) - 1
        if mode == "constant":
            copied = np.where((at < 0) | (at > last), -1, entries[np.clip(at, 0, last)])
        elif mode == "replicate":
            copied = entries[np.clip(at, 0, last)]
        elif mode == "circular":
            copied = entries[at % len(entries)]
        else:
            copied = entries[last - np.abs(last - np.abs(at))]
        found.append(copied)
    return found
