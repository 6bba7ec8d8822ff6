"""Which old pixel counts how much in which new one, along one axis of an image."""

from fractions import Fraction
from functools import cache

import numpy as np

from reference.spec import Index, Real
from reference.tensors._scattered import summed_at

HALF = Fraction(1, 2)


@cache
def links(
    old: int, new: int, ratio: Fraction, align_corners: bool, antialias: bool
) -> tuple[Index, Index, Real]:
    """All pairs of an old and a new pixel along one axis, with the weight of each.

    Weights are fractions, which are rounded only once, whatever the numbers of an image are.
    """
    if align_corners:
        ratio = Fraction(old - 1, new - 1) if new > 1 else Fraction(0)
    links: list[tuple[int, int, Fraction]] = []
    for p in range(new):
        if antialias:
            shares = _widened(ratio * (p + HALF), max(ratio, Fraction(1)), old)
        else:
            shares = _nearest_two(ratio * p if align_corners else ratio * (p + HALF) - HALF, old)
        links += [(i, p, share) for i, share in shares]
    sources, targets, weights = zip(*links, strict=True)
    return np.array(sources), np.array(targets), np.array(weights, dtype=object)


def _nearest_two(place: Fraction, old: int) -> list[tuple[int, Fraction]]:
    place = min(max(place, Fraction(0)), Fraction(old - 1))
    low = int(place)
    return [(low, 1 - (place - low)), (min(low + 1, old - 1), place - low)]


def _widened(centre: Fraction, reach: Fraction, old: int) -> list[tuple[int, Fraction]]:
    near = range(max(int(centre - reach + HALF), 0), min(int(centre + reach + HALF), old))
    shares = [max(1 - abs(i + HALF - centre) / reach, Fraction(0)) for i in near]
    total = sum(shares, Fraction(0))
    return [(i, share / total) for i, share in zip(near, shares, strict=True)]


def carried(
    values: Real, axis: int, sources: Index, targets: Index, weights: Real, count: int
) -> Real:
    """Along an axis of length `count`, the weighted sum of what the links bring to each place."""
    lines = np.moveaxis(values, axis, 0)
    real = np.result_type(values.dtype, np.float16)  # that of the values, if they are real
    terms = lines[sources] * np.reshape(weights.astype(real), (-1, 1, 1, 1))
    return np.moveaxis(summed_at(targets, terms, count), 0, axis)
