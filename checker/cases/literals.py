"""The arguments of a case as Python expressions, exactly as a submission receives them.

An array keeps its dtype, its number of axes and its order in memory, a number stays a number, and a
shape is a tuple.
"""

from typing import Any

import numpy as np

from checker.sandbox import wire

DEFAULT_DTYPES = ("float64", "int64", "bool")  # np.array finds them by itself


def literal(argument: Any) -> str:
    """The expression for an argument. `np` is numpy in it."""
    received = wire.decode(wire.encode(argument))
    return _expression(tuple(received) if isinstance(received, list) else received)


def _expression(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(_expression, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(map(_expression, value))}]"
    if isinstance(value, float) and not np.isfinite(value):
        return f"{'-' if value < 0 else ''}np.{'nan' if value != value else 'inf'}"
    return repr(value)


def _array(array: Any) -> str:
    name = array.dtype.name
    dtype = "" if name in DEFAULT_DTYPES else f", dtype=np.{name}"
    order = ', order="F"' if wire.by_columns(array) else ""
    if not array.size:
        return f"np.zeros({array.shape}, dtype=np.{name})"
    if array.dtype.kind == "f":
        # The shortest digits that give the same number in this dtype.
        array = array.astype(str).astype(float)
    return f"np.array({_expression(array.tolist())}{dtype}{order})"
