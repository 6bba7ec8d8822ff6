"""The precision of new models: float32, as in Keras, or what set_floatx says."""

from typing import Any

import numpy as np

_STATE = {"floatx": "float32"}


def floatx() -> str:
    return _STATE["floatx"]


def set_floatx(value: str) -> None:
    """Raises ValueError unless it is "float16", "float32" or "float64"."""
    if value not in ("float16", "float32", "float64"):
        raise ValueError(f"floatx is 'float16', 'float32' or 'float64', not {value!r}")
    _STATE["floatx"] = value


def dtype(given: Any = None) -> Any:
    return np.dtype(given or floatx())
