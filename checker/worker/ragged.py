"""Lists of rows of different lengths, such as batches of examples."""

from typing import Any

import numpy as np


def rows(value: Any) -> list[Any] | None:
    """The rows of a list as arrays; None where it is no list of rows of plain numbers."""
    if not isinstance(value, list | tuple):
        return None
    try:
        found = [np.asarray(row) for row in value]
    except ValueError:
        return None
    plain = all(row.ndim == 1 and row.dtype.kind in "fiub" for row in found)
    return found if found and plain else None


def padded(rows: list[Any]) -> Any:
    """One array, with nan beyond the end of a shorter row."""
    full = np.full((len(rows), max(map(len, rows))), np.nan)
    for filled, row in zip(full, rows, strict=True):
        filled[: len(row)] = row
    return full
