"""Which old pixel counts how much in which new one, along each axis of an image."""

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from reference.spec import Index, Real
from reference.tensors._scattered import summed_at

HALF = Fraction(1, 2)
NEAREST, EXACT, LINEAR, CUBIC = "nearest", "nearest-exact", "linear", "cubic"
SHARP, SMOOTH = Fraction(-3, 4), Fraction(-1, 2)  # a of Keys' kernel, without and with antialias

Shares = list[tuple[int, Fraction]]
Change = tuple[int, int, int, Fraction]


def resized(
    images: Real,
    changes: Iterator[Change],
    kernel: str,
    align_corners: bool = False,
    antialias: bool = False,
) -> Real:
    """The images with each of the changed axes mixed by the weights of a kernel."""
    for axis, old, new, ratio in changes:
        sources, targets, weights = links(old, new, ratio, kernel, align_corners, antialias)
        images = _carried(images, axis, sources, targets, weights, new)
    return images.copy()


def resized_back(
    grad: Real,
    changes: Iterator[Change],
    kernel: str,
    align_corners: bool = False,
    antialias: bool = False,
) -> Real:
    """The transpose of `resized`."""
    for axis, old, new, ratio in changes:
        sources, targets, weights = links(old, new, ratio, kernel, align_corners, antialias)
        grad = _carried(grad, axis, targets, sources, weights, old)
    return grad.copy()


def changes(images: Real, size: Any, scale_factor: Any) -> Iterator[Change]:
    """Each axis whose length changes."""
    return (change for change in steps(images, size, scale_factor) if change[1] != change[2])


def steps(images: Real, size: Any, scale_factor: Any) -> Iterator[Change]:
    """Each axis, its old length, its new length, and the step in the old image."""
    news = new_lengths(images, size, scale_factor)
    if min((*images.shape[1:], *news)) < 1:
        raise ValueError(f"no channel or no pixel: shape {images.shape} becomes {news}")
    factors = each("scale_factor", scale_factor, images.ndim - 2)
    for axis, (new, factor) in enumerate(zip(news, factors, strict=True), start=2):
        old = images.shape[axis]
        # As it is written: 1.6 is 8/5, so that new pixel 8 starts where old pixel 5 does.
        written = Fraction(repr(float(factor)))
        yield axis, old, new, 1 / written if size is None else Fraction(old, new)


def new_lengths(images: Real, size: Any, scale_factor: Any) -> tuple[int, ...]:
    """The lengths of the axes of the new images."""
    if size is not None:
        return each("size", size, images.ndim - 2)
    factors = each("scale_factor", scale_factor, images.ndim - 2)
    return tuple(int(n * f) for n, f in zip(images.shape[2:], factors, strict=True))


def each(name: str, value: Any, rank: int) -> tuple[Any, ...]:
    """A setting as one number for each axis. Raises ValueError where there are more or fewer."""
    numbers = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    if len(numbers) != rank or not rank:
        raise ValueError(f"{name} is {value}, and the images have {rank} axes of pixels")
    return numbers


@cache
def links(
    old: int, new: int, ratio: Fraction, kernel: str, align_corners: bool, antialias: bool
) -> tuple[Index, Index, Real]:
    """All pairs of an old and a new pixel along one axis, with the weight of each.

    Weights are fractions, which are rounded only once, whatever the numbers of an image are.
    """
    if align_corners:
        ratio = Fraction(old - 1, new - 1) if new > 1 else Fraction(0)
    found: list[tuple[int, int, Fraction]] = []
    for p in range(new):
        if kernel == NEAREST:
            shares = [(math.floor(ratio * p), Fraction(1))]
        elif kernel == EXACT:
            shares = [(math.floor(ratio * (p + HALF)), Fraction(1))]
        elif antialias:
            shares = _widened(ratio * (p + HALF), max(ratio, Fraction(1)), old, kernel)
        else:
            place = ratio * p if align_corners else ratio * (p + HALF) - HALF
            shares = _nearest_two(place, old) if kernel == LINEAR else _nearest_four(place)
        found += [(min(max(i, 0), old - 1), p, share) for i, share in shares]
    sources, targets, weights = zip(*found, strict=True)
    return np.array(sources), np.array(targets), np.array(weights, dtype=object)


def _weight(kernel: str, distance: Fraction, a: Fraction) -> Fraction:
    """That of a pixel at this distance: the tent, or the cubic kernel of Keys."""
    d = abs(distance)
    if kernel == LINEAR:
        return max(1 - d, Fraction(0))
    if d <= 1:
        return ((a + 2) * d - (a + 3)) * d * d + 1
    return a * (((d - 5) * d + 8) * d - 4) if d < 2 else Fraction(0)


def _nearest_two(place: Fraction, old: int) -> Shares:
    place = min(max(place, Fraction(0)), Fraction(old - 1))
    low = int(place)
    return [(low, 1 - (place - low)), (low + 1, place - low)]


def _nearest_four(place: Fraction) -> Shares:
    low = math.floor(place)
    return [(i, _weight(CUBIC, place - i, SHARP)) for i in range(low - 1, low + 3)]


def _widened(centre: Fraction, widening: Fraction, old: int, kernel: str) -> Shares:
    reach = widening if kernel == LINEAR else 2 * widening
    near = range(max(int(centre - reach + HALF), 0), min(int(centre + reach + HALF), old))
    shares = [_weight(kernel, (i + HALF - centre) / widening, SMOOTH) for i in near]
    total = sum(shares, Fraction(0))
    return [(i, share / total) for i, share in zip(near, shares, strict=True)]


def _carried(
    values: Real, axis: int, sources: Index, targets: Index, weights: Real, count: int
) -> Real:
    """Along an axis of length `count`, the weighted sum of what the links bring to each place."""
    lines = np.moveaxis(values, axis, 0)
    real = np.result_type(values.dtype, np.float16)  # that of the values, if they are real
    terms = lines[sources] * np.reshape(weights.astype(real), (-1,) + (1,) * (values.ndim - 1))
    return np.moveaxis(summed_at(targets, terms, count), 0, axis)
