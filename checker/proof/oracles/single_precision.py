"""Results in float32: they must stay in float32 and be within its error bound."""

from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation, as_bounded, bound, rounded


def in_single(about: str, mine: Array, right: Any) -> Equation:
    """Compare a result with the exact one. A result of another dtype is wrong in all entries."""
    right, in_float32 = as_bounded(right), mine.dtype == np.float32
    limit = bound(right, np.float32) if in_float32 else np.zeros(right.shape)
    about = about if in_float32 else f"{about}, which became {mine.dtype},"
    left = mine.astype(float) if in_float32 else np.full(mine.shape, np.nan)
    return Equation(about, left, rounded(right.value, np.float32), limit)
