"""A line search for the strong Wolfe conditions, by cubic interpolation.

    f(t) <= f(0) + 1e-4 t f'(0)         the loss falls by a fair part of what the slope promises
    |f'(t)| <= 0.9 |f'(0)|              the line has become flatter

f(t) is the loss at the distance t along a line. Longer and longer steps are tried until two of them
have a good one between them. Then the two ends are brought together. Each new length is the minimum
of the cubic that has the losses and slopes of two points. The numbers are those of PyTorch.

Source: Nocedal and Wright 2006, algorithms 3.5 and 3.6, eq. 3.59; PyTorch, LBFGS.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from reference.spec import Real

DECREASE = 1e-4
FLATTER = 0.9
LEAST_GROWTH, MOST_GROWTH = 0.01, 10.0
MARGIN = 0.1  # of the distance between both ends

Number = Any  # a number, or an array without axes


class Point(NamedTuple):
    """A point on the line: its distance from the start, and the loss and the gradient there."""

    length: Number
    loss: Number
    grad: Real
    slope: Number


def strong_wolfe(
    at: Callable[[Number], Point],
    start: Point,
    length: Number,
    *,
    size: Number,
    tolerance: float,
    most: int,
) -> tuple[Point, int]:
    """Return a point that meets both conditions, and how many points were computed.

    `at` computes the point at a distance. After `most` points besides the first, or when both ends
    times the `size` of the line differ by less than `tolerance`, the lowest end is returned.
    """
    last, new, count = start, at(length), 0
    while count < most:
        if _too_high(new, start) or (count > 1 and new.loss >= last.loss):
            break
        if _flat(new, start):
            return new, count + 1
        if new.slope >= 0:
            break
        least = new.length + LEAST_GROWTH * (new.length - last.length)
        length = _cubic_minimum(last, new, least, MOST_GROWTH * new.length)
        last, new, count = new, at(length), count + 1
    else:
        last = start
    ends, was_close = [last, new], False
    low = _lower(ends)
    while count < most and not abs(new.length - last.length) * size < tolerance:
        length, was_close = _between(ends, was_close=was_close)
        new, count = at(length), count + 1
        if _too_high(new, start) or new.loss >= ends[low].loss:
            ends[1 - low] = new
            low = _lower(ends)
        elif _flat(new, start):
            return new, count + 1
        else:
            if new.slope * (ends[1 - low].length - ends[low].length) >= 0:
                ends[1 - low] = ends[low]
            ends[low] = new
        last, new = ends
    return ends[low], count + 1


def _too_high(new: Point, start: Point) -> bool:
    return bool(new.loss > start.loss + DECREASE * new.length * start.slope)


def _flat(new: Point, start: Point) -> bool:
    return bool(abs(new.slope) <= -FLATTER * start.slope)


def _lower(ends: list[Point]) -> int:
    return 0 if ends[0].loss <= ends[1].loss else 1


def _between(ends: list[Point], *, was_close: bool) -> tuple[Number, bool]:
    """A length between both ends, and whether it is close to one of them.

    The second close one in a row is moved away from the end, and so is one at the end itself.
    """
    low, high = sorted((ends[0].length, ends[1].length))
    length = _cubic_minimum(ends[0], ends[1], low, high)
    margin = MARGIN * (high - low)
    if not min(high - length, length - low) < margin:
        return length, False
    if not (was_close or length >= high or length <= low):
        return length, True
    return (high - margin if high - length < length - low else low + margin), False


def _cubic_minimum(one: Point, other: Point, low: Number, high: Number) -> Number:
    """The minimum of the cubic through two points, between `low` and `high`."""
    left, right = (one, other) if one.length <= other.length else (other, one)
    width = right.length - left.length
    mean = left.slope + right.slope - 3 * (right.loss - left.loss) / width
    square = mean**2 - left.slope * right.slope
    if not square >= 0:
        return (low + high) / 2
    root = np.sqrt(square)
    part = (right.slope + root - mean) / (right.slope - left.slope + 2 * root)
    return min(max(right.length - width * part, low), high)
