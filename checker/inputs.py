"""From a signature to inputs: hypothesis draws sizes, a spread and a seed; numpy fills the arrays.

Drawing few numbers and filling by seed keeps shrinking fast and its results readable: a failing
case shrinks to axes of length one and small whole numbers.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from reference.spec import Argument, Below, Between, Function, Simplex

Case = Mapping[str, Any]

LONGEST_AXIS = 5
WHOLE = 0.0  # a spread of zero stands for small whole numbers, with zeros and ties among them
SPREADS = (WHOLE, 1.0, 0.01, 30.0)
HUGE = 1e4


@st.composite
def cases(
    draw: st.DrawFn,
    arguments: tuple[Argument, ...],
    possible: Function | None = None,
    spreads: tuple[float, ...] = (*SPREADS, HUGE),
) -> dict[str, Any]:
    """Values for every argument: sizes agree axis by axis, settings come from their `Try`."""
    axes = sorted({axis for argument in arguments for axis in argument.axes})
    sizes: dict[str, tuple[int, ...]] = {}
    for axis in axes:
        size = st.just(int(axis)) if axis.isdigit() else st.integers(1, LONGEST_AXIS)
        count = st.integers(0, 3) if axis == "..." else st.just(1)
        sizes[axis] = tuple(draw(size) for _ in range(draw(count)))
    spread = draw(st.sampled_from(spreads))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = {
        argument.name: draw(st.sampled_from(argument.tried))
        if argument.tried
        else np.asarray(_fill(argument, sizes, rng, spread))
        for argument in arguments
    }
    assume(possible is None or possible(**values))
    return values


def _fill(
    argument: Argument,
    sizes: Mapping[str, tuple[int, ...]],
    rng: np.random.Generator,
    spread: float,
) -> np.ndarray[Any, Any]:
    shape = tuple(size for axis in argument.axes for size in sizes[axis])
    match argument.marks:
        case (Below(size=axis), *_):
            below = int(axis) if axis.isdigit() else sizes[axis][0]
            return np.asarray(rng.integers(below, size=shape))
        case (Simplex(), *_):
            return _simplex(rng, shape, corners=spread == WHOLE and not argument.differentiable)
        case (Between(low=low, high=high), *_):
            if spread == WHOLE and not argument.differentiable:
                return np.floor(low + (high - low + 1) * np.asarray(rng.random(shape)))
            return np.asarray(
                low + (high - low) * np.asarray(rng.integers(1, 1000, size=shape)) / 1000
            )
    if spread == WHOLE:
        return np.asarray(rng.integers(-3, 3, size=shape, endpoint=True), dtype=float)
    return np.asarray(spread * np.round(rng.standard_normal(shape), 2))


def _simplex(
    rng: np.random.Generator, shape: tuple[int, ...], *, corners: bool
) -> np.ndarray[Any, Any]:
    if corners:
        return np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]
    weights = np.asarray(rng.integers(1, 20, size=shape), dtype=float)
    return weights / weights.sum(axis=-1, keepdims=True)
