"""Mutants of adaptive average pooling."""

import numpy as np

from reference.windows import _regions
from reference.windows.adaptive_average_pooling import backward, forward

# Examples and channels are pooled alike, so exchanging them changes nothing.
NOT_APPLICABLE = ("another_axis",)


def summed(x, *, size):
    """The entries of each region are added and not divided by their number.

    What is the mean of the region 1, 5?
    """
    return _along(x, size, lambda part: part.sum(axis=0))


def largest(x, *, size):
    """The largest entry of each region is taken: that is max pooling.

    What is the mean of the region 1, 5?
    """
    return _along(x, size, lambda part: part.max(axis=0))


def ends_rounded_down(x, *, size):
    """Both ends of a region are rounded down, so that neighbours share no entry.

    Where does the first of two regions end in an image of length 3? Its end is rounded up.
    """
    return _along(x, size, _mean, ends=lambda n, k: [((p + 1) * n) // k for p in range(k)])


def beginnings_rounded_up(x, *, size):
    """Both ends of a region are rounded up, so that neighbours share no entry.

    Where does the second of two regions begin in an image of length 3? It is rounded down.
    """
    return _along(x, size, _mean, starts=lambda n, k: [-(-p * n // k) for p in range(k)])


def equal_windows(x, *, size):
    """All regions have the same length, and entries that are left over at the end are not used.

    Which entries of an image of length 5 does the last of two regions have?
    """
    return _along(
        x,
        size,
        _mean,
        starts=lambda n, k: [p * max(n // k, 1) for p in range(k)],
        ends=lambda n, k: [(p + 1) * max(n // k, 1) for p in range(k)],
    )


def rest_in_the_last(x, *, size):
    """The last region gets all entries that are left over; here they are distributed.

    Which entries of an image of length 5 does the first of two regions have?
    """
    return _along(
        x,
        size,
        _mean,
        starts=lambda n, k: [p * max(n // k, 1) for p in range(k)],
        ends=lambda n, k: [(p + 1) * max(n // k, 1) if p < k - 1 else n for p in range(k)],
    )


def mean_of_all_channels(x, *, size):
    """The mean is taken over all channels together; each channel has its own.

    How many channels does the output have, and from which of the image does each come?
    """
    y = forward(x, size=size)
    return 0 * y + y.mean(axis=1, keepdims=True)


def mean_of_all_examples(x, *, size):
    """The mean is taken over all examples together; each example has its own.

    How many examples does the output have, and from which of the batch does each come?
    """
    y = forward(x, size=size)
    return 0 * y + y.mean(axis=0, keepdims=True)


def gradient_not_divided(grad, x, *, size):
    """Every entry of a region gets the whole gradient; each has a part of the influence only.

    How much does the mean of four entries grow if one of them grows by 1?
    """
    return (_spread(grad, x, size, lambda length: 1.0),)


def divided_by_the_share(grad, x, *, size):
    """The gradient is divided by length of the image / number of regions; regions may be longer.

    How many entries has the first of two regions in an image of length 3?
    """
    return (_spread(grad, x, size, None),)


def overwritten(grad, x, *, size):
    """An entry that two regions share gets the gradient of the second only.

    How does the loss change if an entry grows that is part of two means?
    """
    dx = grad
    for axis, spans in enumerate(_regions.over(x.shape[2:], size), start=2):
        parts = np.moveaxis(dx, axis, 0)
        lines = np.zeros((x.shape[axis], *parts.shape[1:]))
        for part, (first, end) in zip(parts, spans, strict=True):
            lines[first:end] = part / (end - first)
        dx = np.moveaxis(lines, 0, axis)
    return (dx,)


def to_the_first_entry(grad, x, *, size):
    """Only the first entry of each region gets its gradient.

    How does the mean change if the last entry of a region grows?
    """
    dx = grad
    for axis, spans in enumerate(_regions.over(x.shape[2:], size), start=2):
        parts = np.moveaxis(dx, axis, 0)
        lines = np.zeros((x.shape[axis], *parts.shape[1:]))
        for part, (first, end) in zip(parts, spans, strict=True):
            lines[first] += part / (end - first)
        dx = np.moveaxis(lines, 0, axis)
    return (dx,)


def times_the_entries(grad, x, *, size):
    """The gradient is multiplied by the entries of the image.

    How much does the mean grow if an entry grows by 1? Does this depend on the entry?
    """
    return (backward(grad, x, size=size)[0] * x,)


def means_put_back(grad, x, *, size):
    """The means are put back to where they came from, and the upstream gradient is lost.

    Where does the gradient of the loss by the output enter?
    """
    return backward(forward(x, size=size), x, size=size)


def _mean(part):
    return part.sum(axis=0) / len(part)


def _along(x, size, reduce, starts=None, ends=None):
    """Reduce the regions along one axis after the other, with other starts or ends."""
    for axis, spans in enumerate(_regions.over(x.shape[2:], size), start=2):
        n, k = x.shape[axis], len(spans)
        lines = np.moveaxis(x, axis, 0)
        first = starts(n, k) if starts else [span[0] for span in spans]
        last = ends(n, k) if ends else [span[1] for span in spans]
        rows = [reduce(lines[a:b]) for a, b in zip(first, last, strict=True)]
        x = np.moveaxis(np.stack(rows), 0, axis)
    return x


def _spread(grad, x, size, divisor):
    dx = grad
    for axis, spans in enumerate(_regions.over(x.shape[2:], size), start=2):
        parts = np.moveaxis(dx, axis, 0)
        lines = np.zeros((x.shape[axis], *parts.shape[1:]))
        for part, (first, end) in zip(parts, spans, strict=True):
            share = divisor(end - first) if divisor else x.shape[axis] / len(spans)
            lines[first:end] += part / share
        dx = np.moveaxis(lines, 0, axis)
    return dx
