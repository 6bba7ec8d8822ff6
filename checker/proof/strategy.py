"""Inputs for the proof: hypothesis draws sizes, a spread and a seed; numpy fills the arrays.

Hypothesis draws only a few numbers, so shrinking is fast and a failing case shrinks to axes of
length one and small whole numbers.
"""

from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from checker.numerics.inputs import HUGE, LONGEST_AXIS, SPREADS, filled, setting, sized
from reference.spec import Argument, Function


@st.composite
def cases(
    draw: st.DrawFn, arguments: tuple[Argument, ...], possible: Function | None = None
) -> dict[str, Any]:
    """Values for every argument: sizes agree axis by axis, settings come from their `Try`."""
    longest = st.integers(1, LONGEST_AXIS)
    sizes = sized(
        arguments,
        lambda: draw(st.integers(1, 3)),
        lambda rank: tuple(draw(longest) for _ in range(rank)),
    )
    if "..." in sizes and draw(st.booleans()):
        sizes["..."] = sizes["..."][1:]
    spread = draw(st.sampled_from((*SPREADS, 30.0, HUGE)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    settings = {a.name: setting(a, sizes, rng) for a in arguments if a.tried}
    values = filled(arguments, sizes, settings, rng, spread)
    assume(possible is None or possible(**values))
    return values
