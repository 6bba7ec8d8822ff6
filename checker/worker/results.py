"""What a student's function returned, as arrays or as words for what it is instead."""

from typing import Any

import numpy as np

from checker.worker.ragged import rows


def results(value: Any, parts: int, largest: int) -> list[Any]:
    """One array or, where it is none, words for what it is: for each result."""
    if parts == 1:
        alone = isinstance(value, tuple) and len(value) == 1
        return [[_array(value[0], largest)] if alone else _array(value, largest)]
    stacked = isinstance(value, np.ndarray) and value.ndim > 0
    if (stacked or isinstance(value, tuple | list)) and len(value) == parts:
        return [_array(each, largest) for each in value]
    count = f" of {len(value)}" if isinstance(value, tuple | list) else ""
    words = "None" if value is None else f"a {type(value).__name__}{count}"
    return [f"{words} instead of a tuple of {parts}"] * parts


def _array(value: Any, largest: int) -> Any:
    if value is None:
        return "None: is a `return` missing?"
    if isinstance(value, str):
        return f"the text {value[:40]!r} instead of numbers"
    try:
        array = np.asarray(value)
    except ValueError:
        if found := rows(value):
            return found
        return f"a {type(value).__name__} with rows of different lengths"
    if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
        return f"an array of dtype {str(array.dtype)[:40]} instead of numbers"
    if array.nbytes > largest:
        return f"an array of shape {array.shape}, too large to look at"
    return array
