"""Whether a weighted sum is so close to a kink that rounding may decide its sign.

The sign selects a branch of the activation, and therefore the result. Test cases avoid such sums.
"""

from typing import Any

import numpy as np

LEAST = 1e-4  # relative to the sum of the absolute values of the terms
EXACT = 2.0**24  # sums of whole numbers are exact below this size, in float32 too


def clear_of_zero(x: Any, weight: Any, bias: Any, made_of: Any = None) -> bool:
    """Whether every x @ weight + bias is exact, or too large for rounding to change its sign.

    `made_of` holds the sizes of the numbers that weight and bias are sums of, if they are sums.
    """
    weights, biases = made_of or (np.abs(weight), np.abs(bias))
    size = np.abs(x) @ weights + biases
    whole = all(np.all(np.mod(each, 1) == 0) for each in (x, weight, bias))
    exact = whole and np.max(size, initial=0) < EXACT
    far = np.abs(x @ weight + bias) > LEAST * size
    return bool(exact or np.all(far | (size == 0)))
