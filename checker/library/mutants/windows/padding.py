"""Mutants of padding."""

from typing import Any

import numpy as np

from reference.spec import settings_of
from reference.windows import _windows
from reference.windows.padding import CUT, backward, forward

# Examples and channels are padded alike, and the gradient does not depend on the value.
NOT_APPLICABLE = ("another_axis", "value_ignored", "value_ignored_as_1")


@settings_of(forward)
def ends_exchanged(x, *, before, after, **settings):
    """Beginning and end are exchanged.

    Where does the first entry of the image go if two entries are added before it?
    """
    return forward(x, before=after, after=before, **settings)


@settings_of(forward)
def before_at_both_ends(x, *, before, after, **settings):
    """As many entries are added at the end as at the beginning.

    How long is the result for an axis of length 3 with two entries before and none after?
    """
    return forward(x, before=before, after=before, **settings)


@settings_of(forward)
def axes_reversed(x, *, before, after, **settings):
    """The numbers belong to the axes in the wrong order: the first is taken for the last axis.

    Which axis does the first number of `before` belong to?
    """
    first = _windows.each("before", before, x.ndim - 2, CUT)[::-1]
    last = _windows.each("after", after, x.ndim - 2, CUT)[::-1]
    return forward(x, before=first, after=last, **settings)


@settings_of(forward)
def edge_repeated(x, *, mode, **settings):
    """The mirror repeats the entry at the edge, as numpy's mode "symmetric" does; here it does not.

    Which entry is next to the first one in the mirror?
    """
    if mode != "reflect":
        return forward(x, mode=mode, **settings)
    return _padded(x, "symmetric", **settings)


@settings_of(forward)
def mirror_copies_in_order(x, *, mode, **settings):
    """What is mirrored is not turned round: the first entries are copied in their order.

    How far is the mirror image of entry 2 from the edge?
    """
    if mode != "reflect":
        return forward(x, mode=mode, **settings)
    return _with_ends(x, lambda line, count: line[1 : count + 1], **settings)


@settings_of(forward)
def ring_of_the_same_end(x, *, mode, **settings):
    """The ring copies entries of the same end; before the first entry comes the last one.

    Which entry comes before the first if the image is a ring?
    """
    if mode != "circular":
        return forward(x, mode=mode, **settings)
    return _with_ends(x, lambda line, count: line[:count], **settings)


@settings_of(forward)
def mean_in_place_of_the_value(x, *, mode, value, **settings):
    """The frame has the mean of the image; it has the value that is given.

    What should be around an image of ones if the value is 0?
    """
    if mode != "constant":
        return forward(x, mode=mode, value=value, **settings)
    mark = forward(np.zeros_like(x), mode=mode, value=1.0, **settings)
    return forward(x, mode=mode, value=0.0, **settings) + mark * x.mean()


@settings_of(forward)
def zeros_in_place_of_the_value(x, *, value, **settings):
    """The frame has zeros; it has the value that is given.

    What should be around an image if the value is 1.5?
    """
    return forward(x, value=0.0, **settings)


@settings_of(forward)
def nothing_cut_off(x, *, before, after, **settings):
    """Negative numbers are taken for 0; they cut entries off.

    How long is the result for an axis of length 3 and a number of -1?
    """
    first = _windows.each("before", before, x.ndim - 2, CUT)
    last = _windows.each("after", after, x.ndim - 2, CUT)
    before, after = (tuple(max(n, 0) for n in numbers) for numbers in (first, last))
    return forward(x, before=before, after=after, **settings)


@settings_of(forward)
def copies_left_out(grad, x, *, mode, **settings):
    """The gradients of the copies are dropped; they belong to the entries that were copied.

    How does the loss change if an entry grows that appears twice in the result?
    """
    return backward(grad, x, **{**settings, "mode": "constant"})


@settings_of(forward)
def cut_at_the_wrong_place(grad, x, **settings):
    """The gradient begins with the first entry of the result, not with that of the image.

    Where in the result is the first entry of the image?
    """
    dx = np.zeros(x.shape)
    shared: Any = tuple(
        slice(0, min(a, b)) for a, b in zip(grad.shape[2:], x.shape[2:], strict=True)
    )
    dx[(..., *shared)] = grad[(..., *shared)]
    return (dx,)


@settings_of(forward)
def everything_cut_gets_the_edge(grad, x, **settings):
    """Entries that were cut off get the gradient of their neighbours; they get 0.

    Does the result change if an entry grows that was cut off?
    """
    dx = backward(grad, x, **settings)[0]
    for axis, (a, b) in enumerate(_ends(x, **settings), start=2):
        lines: Any = np.moveaxis(dx, axis, 0)
        lines[: max(-a, 0)] = lines[max(-a, 0)]
        lines[len(lines) - max(-b, 0) :] = lines[len(lines) - max(-b, 0) - 1]
    return (dx,)


@settings_of(forward)
def averaged_over_the_copies(grad, x, **settings):
    """The gradients of an entry and its copies are averaged; they are summed.

    How does the sum of the result change if an entry grows that appears twice in it?
    """
    counts = backward(np.ones_like(grad), x, **settings)[0]
    return (backward(grad, x, **settings)[0] / np.maximum(counts, 1),)


def _ends(x, *, before, after, **_):
    rank = x.ndim - 2
    first, last = _windows.each("", before, rank, CUT), _windows.each("", after, rank, CUT)
    return list(zip(first, last, strict=True))


def _padded(x, mode, **settings):
    """numpy's padding in this mode, of what remains of the image."""
    ends = _ends(x, **settings)
    kept = tuple(
        slice(max(-a, 0), n - max(-b, 0)) for n, (a, b) in zip(x.shape[2:], ends, strict=True)
    )
    pads = [(0, 0), (0, 0), *((max(a, 0), max(b, 0)) for a, b in ends)]
    return np.pad(x[(..., *kept)], pads, mode=mode)


def _with_ends(x, copied, **settings):
    """Before each axis what is copied of it, and after it what is copied of the turned axis."""
    for axis, (a, b) in enumerate(_ends(x, **settings), start=2):
        line = np.moveaxis(x, axis, 0)
        line = line[max(-a, 0) : len(line) - max(-b, 0)]
        parts = [copied(line, max(a, 0)), line, copied(line[::-1], max(b, 0))[::-1]]
        x = np.moveaxis(np.concatenate(parts), 0, axis)
    return x
