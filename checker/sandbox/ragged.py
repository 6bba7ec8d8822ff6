"""Lists of rows of different lengths, such as batches of examples."""

from typing import Any

import numpy as np


def rows(value: Any) -> list[Any] | None:
    """The rows of a list as arrays, or None if it is not a list of rows of numbers."""
    if not isinstance(value, list | tuple):
        return None
    try:
        arrays = [np.asarray(row) for row in value]
    except ValueError:
        return None
    plain = all(row.ndim == 1 and row.dtype.kind in "fiub" for row in arrays)
    return arrays if arrays and plain else None


def padded(rows: list[Any]) -> Any:
    """The rows as one array, padded with nan."""
    full = np.full((len(rows), max(map(len, rows))), np.nan)
    for filled, row in zip(full, rows, strict=True):
        filled[: len(row)] = row
    return full
