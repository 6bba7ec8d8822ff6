"""Make inputs from declared arguments. Sizes, a spread and a seed determine all numbers.

In the proof, hypothesis chooses sizes and seeds (checker/proof/strategy.py). Case sets use
`series`, which gives the same inputs on every machine and with every version of hypothesis.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from reference.spec import Argument, Below, Between, Function, Simplex

NamedInputs = Mapping[str, Any]
Sizes = Mapping[str, tuple[int, ...]]

LONGEST_AXIS = 5
WHOLE = 0.0  # this spread means small whole numbers, which include zeros and ties
SPREADS = (WHOLE, 1.0, 0.01, 5.0)
HUGE = 1e4


def series(
    arguments: tuple[Argument, ...],
    possible: Function | None,
    count: int,
    spreads: tuple[float, ...] = SPREADS,
    first: int = 0,
) -> Iterator[NamedInputs]:
    """Yield up to `count` cases with growing axes and each spread in turn.

    Cases that are not `possible` are left out. "..." stands for one to three axes. Another `first`
    seed gives other cases.
    """
    axes = sorted({axis for argument in arguments for axis in argument.axes})
    for seed in range(count):
        rng = np.random.default_rng(first + seed)
        longest = 1 + seed * LONGEST_AXIS // count
        sizes = {}
        for axis in axes:
            rank = int(rng.integers(1, 4)) if axis == "..." else 1
            lengths = tuple(int(n) for n in rng.integers(1, longest + 1, size=rank))
            sizes[axis] = (int(axis),) if axis.isdigit() else lengths
        case = {
            argument.name: argument.tried[rng.integers(len(argument.tried))]
            if argument.tried
            else fill(argument, sizes, rng, spreads[seed % len(spreads)])
            for argument in arguments
        }
        if possible is None or possible(**case):
            yield case


def fill(
    argument: Argument,
    sizes: Mapping[str, tuple[int, ...]],
    rng: np.random.Generator,
    spread: float,
) -> np.ndarray[Any, Any]:
    """An array for one argument, in its domain. Plain numbers are of the size of `spread`."""
    shape = tuple(size for axis in argument.axes for size in sizes[axis])
    match argument.marks:
        case (Below(size=axis), *_):
            below = int(axis) if axis.isdigit() else sizes[axis][0]
            return np.asarray(rng.integers(below, size=shape))
        case (Simplex(), *_):
            return _simplex(rng, shape, corners=spread == WHOLE and not argument.differentiable)
        case (Between(low=low, high=high), *_):
            if spread == WHOLE and not argument.differentiable:
                return np.asarray(np.floor(low + (high - low + 1) * np.asarray(rng.random(shape))))
            # At least 5 % away from the ends of the domain, where implementations clip.
            edge = 0 if spread == HUGE else 49
            thousandths = np.asarray(rng.integers(1 + edge, 1000 - edge, size=shape))
            return np.asarray(low + (high - low) * thousandths / 1000)
    if spread == WHOLE:
        return np.asarray(rng.integers(-3, 3, size=shape, endpoint=True), dtype=float)
    return np.asarray(np.round(spread * np.round(rng.standard_normal(shape), 2), 6))


def _simplex(
    rng: np.random.Generator, shape: tuple[int, ...], *, corners: bool
) -> np.ndarray[Any, Any]:
    """Probabilities along the last axis; with `corners`, one-hot rows."""
    if corners:
        return np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]
    weights = np.asarray(rng.integers(1, 20, size=shape), dtype=float)
    return weights / weights.sum(axis=-1, keepdims=True)
