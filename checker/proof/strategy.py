"""Inputs for the proof: hypothesis draws sizes, a spread and a seed; numpy fills the arrays.

Hypothesis draws only a few numbers, so shrinking is fast and a failing case shrinks to axes of
length one and small whole numbers.
"""

from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from checker.numerics.inputs import HUGE, LONGEST_AXIS, SPREADS, fill
from reference.spec import Argument, Function


@st.composite
def cases(
    draw: st.DrawFn, arguments: tuple[Argument, ...], possible: Function | None = None
) -> dict[str, Any]:
    """Values for every argument: sizes agree axis by axis, settings come from their `Try`."""
    sizes: dict[str, tuple[int, ...]] = {}
    for axis in sorted({axis for argument in arguments for axis in argument.axes}):
        size = st.just(int(axis)) if axis.isdigit() else st.integers(1, LONGEST_AXIS)
        count = draw(st.integers(0, 3)) if axis == "..." else 1
        sizes[axis] = tuple(draw(size) for _ in range(count))
    spread = draw(st.sampled_from((*SPREADS, 30.0, HUGE)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = {
        argument.name: draw(st.sampled_from(argument.tried))
        if argument.tried
        else fill(argument, sizes, rng, spread)
        for argument in arguments
    }
    assume(possible is None or possible(**values))
    return values
