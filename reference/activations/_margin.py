"""Where a weighted sum lies on a kink, its rounding decides the branch, and with it the answer."""

from typing import Any

import numpy as np

LEAST = 1e-4  # of what the sum would be if nothing cancelled
EXACT = 2.0**24  # whole numbers below this are sums without rounding, in float32 too


def clear_of_zero(x: Any, weight: Any, bias: Any) -> bool:
    """Every x @ weight + bias is exact, or too far from zero for rounding to turn its sign."""
    size = np.abs(x) @ np.abs(weight) + np.abs(bias)
    whole = all(np.all(np.mod(each, 1) == 0) for each in (x, weight, bias))
    exact = whole and np.max(size, initial=0) < EXACT
    far = np.abs(x @ weight + bias) > LEAST * size
    return bool(exact or np.all(far | (size == 0)))
