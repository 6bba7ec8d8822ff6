"""The largest entry of each window, which all kinds of max pooling have in common.

`places` says where in the image an entry of the padded image is. The windows need not be regular,
nor be slices: entry k of all windows may also be found by arrays of indices.
"""

import math
from collections.abc import Iterator
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Given, Index, Named, Real, Subgradient
from reference.windows._windows import Windows

ValuesAndIndices = tuple[
    Shaped[Real, "n c ...", Named("values")], Shaped[Index, "n c ...", Named("indices"), Given()]
]
AtTie = Shaped[float | None, Subgradient(0.0, 1.0, conserved=True)]

NOWHERE = -1  # the place of an entry of the padding


def largest(image: Real, places: Index, at: Windows) -> tuple[Real, Index]:
    """The largest entry of each window, and its place: the first of equal ones, and the last nan.

    Raises ValueError where a window has no entry of the image.
    """
    shape = (*image.shape[:2], *at.counts)
    best, taken = np.zeros_like(image, shape=shape), np.full(shape, NOWHERE)
    nan = np.isnan(image).any()
    begun = np.zeros(1, dtype=bool)  # whether a window has had an entry of the image
    for _, window in at.entries:
        value, place = image[window], places[window]
        inside = place != NOWHERE
        better = (value > best) | ~begun
        if nan:
            better |= np.isnan(value)
        if inside.all() and begun.all():
            np.maximum(best, value, out=best)
        else:
            better &= inside
            best = np.where(better, value, best)
        step = place - taken
        step *= better  # sooner than a choice, which a processor has to guess
        taken += step
        begun = begun | inside
    if not begun.all():
        raise ValueError("a window has no entry of the image, only padding")
    return best, taken


def to_those_taken(grad: Real, taken: Index, shape: tuple[int, ...]) -> Real:
    """The gradient of an image of this shape: the entries that were taken get everything."""
    dimage = np.zeros_like(grad, shape=shape, order="C")
    images, places = math.prod(shape[:2]), math.prod(shape[2:])
    first = np.reshape(np.arange(images) * places, (*shape[:2], *[1] * (len(shape) - 2)))
    np.add.at(dimage.reshape(-1), (first + taken).ravel(), grad.ravel())
    return dimage


def shares(
    grad: Real, image: Real, places: Index, at: Windows, at_tie: float
) -> Iterator[tuple[Any, Real]]:
    """Entry k of all windows, and what each of them gets of the gradient of its window, for all k.

    With `at_tie` 0, entries that equal the one that was taken get the least that a subgradient may
    give them, and with 1 the most.
    """
    best, taken = largest(image, places, at)
    inside = places != NOWHERE
    takers = [
        (places[window] == taken) | (inside[window] & (image[window] == best))
        for _, window in at.entries
    ]
    part = np.where(grad > 0, at_tie * grad, (1 - at_tie) * grad)
    share = np.where(sum(takers) > 1, part, grad)
    for (_, window), taker in zip(at.entries, takers, strict=True):
        yield window, np.where(taker, share, 0)


def indices_point_at_the_values(f, x, *arguments, **settings):
    """The entries of the image at the indices are the values."""
    values, indices = f(x, *arguments, **settings)
    image = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    rows = indices.reshape(*x.shape[:2], math.prod(indices.shape[2:]))
    return np.take_along_axis(image, rows, axis=2).reshape(values.shape), values


def doubles(f, x, *arguments, **settings):
    """Doubling the image doubles the values and leaves the indices as they are."""
    values, indices = f(x, *arguments, **settings)
    return f(2 * x, *arguments, **settings), (2 * values, indices)


def rises_with_the_image(f, x, *arguments, **settings):
    """Adding one number to the image adds it to the values."""
    return f(x + 3.0, *arguments, **settings)[0], f(x, *arguments, **settings)[0] + 3.0
