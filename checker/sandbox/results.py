"""Turn what a student's function returned into arrays, or words if it is not numbers."""

from typing import Any

import numpy as np

from checker.sandbox.ragged import rows


def results(value: Any, parts: int, largest: int) -> list[Any]:
    """For each of `parts` results an array of up to `largest` bytes, or words about it."""
    if parts == 1:
        alone = isinstance(value, tuple) and len(value) == 1
        return [[_array(value[0], largest)] if alone else _array(value, largest)]
    stacked = isinstance(value, np.ndarray) and value.ndim > 0
    if (stacked or isinstance(value, tuple | list)) and len(value) == parts:
        return [_array(part, largest) for part in value]
    count = f" of {len(value)}" if isinstance(value, tuple | list) else ""
    words = "None" if value is None else f"a {type(value).__name__}{count}"
    return [f"{words} instead of a tuple with {parts} results"] * parts


def _array(value: Any, largest: int) -> Any:
    if value is None:
        return "None: is a `return` missing?"
    if isinstance(value, str):
        return f"the text {value[:40]!r} instead of numbers"
    try:
        array = np.asarray(value)
    except ValueError:
        if arrays := rows(value):
            return arrays
        return f"a {type(value).__name__} with rows of different lengths"
    if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
        return f"an array of dtype {str(array.dtype)[:40]} instead of numbers"
    if array.nbytes > largest:
        return f"an array of shape {array.shape}, which is too large"
    return array
