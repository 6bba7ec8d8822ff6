"""Turn what a student's function returned into arrays, or words if it is not numbers."""

from collections import deque
from collections.abc import Iterator, ValuesView
from itertools import islice
from numbers import Complex, Number, Real
from typing import Any

import numpy as np

from checker.sandbox.ragged import rows

LONGEST = 2**20  # items that are taken from a generator
MOST_PARTS = 1000  # of a tuple or list, in words about it
DOUBLE = np.dtype(float)
NUMBERS = (float, np.float64)
SEQUENCES = (Iterator, range, deque, ValuesView)  # that a list is made of


def results(value: Any, parts: int, largest: int) -> list[Any]:
    """For each of `parts` results an array of up to `largest` bytes, or words about it.

    A tuple that is no array, where one result is asked, is a list of its parts. If several are
    asked and another number of them comes back, they are a list in a list.
    """
    if parts == 1 and _plain(value, largest):  # nearly every result, so that it is tested first
        return [value]
    if isinstance(value, SEQUENCES):
        value = list(islice(value, LONGEST))
    if parts == 1:
        return [_one(value, largest)]
    stacked = isinstance(value, np.ndarray) and value.ndim > 0
    several = stacked or isinstance(value, tuple | list)
    if several and len(value) == parts:
        return [_array(part, largest) for part in value]
    if isinstance(value, tuple | list) and len(value) > MOST_PARTS:
        return [f"a {type(value).__name__} of {len(value)} values"]
    given = list(value) if isinstance(value, tuple | list) else [value]
    return [[_array(part, largest) for part in given]]


def _one(value: Any, largest: int) -> Any:
    array = _array(value, largest)
    few = isinstance(value, tuple) and len(value) <= MOST_PARTS
    if few and (len(value) == 1 or isinstance(array, str)):
        return [_array(part, largest) for part in value]
    return array


def _plain(value: Any, largest: int) -> bool:
    """Whether a value can be sent as it is."""
    return type(value) is np.ndarray and value.dtype is DOUBLE and value.nbytes <= largest


def _array(value: Any, largest: int) -> Any:
    if _plain(value, largest):
        return value
    if type(value) in NUMBERS:
        return np.asarray(value)
    if value is None:
        return "None: is a `return` missing?"
    if isinstance(value, str):
        return f"the text {value[:40]!r} instead of numbers"
    value = _listed(value)
    try:
        array = np.asarray(value)
    except ValueError:
        if arrays := rows(value):
            return arrays
        return f"a {type(value).__name__} with rows of different lengths"
    array = _in_double_precision(array)
    if array.dtype.kind not in "fiub":
        return f"{_described(value, array)} instead of numbers"
    if array.nbytes > largest:
        return f"an array of shape {array.shape}, which is too large"
    return array


def _listed(value: Any) -> Any:
    """The value with lists in place of generators, ranges and the like, also inside of lists."""
    if isinstance(value, SEQUENCES):
        value = list(islice(value, LONGEST))
    if isinstance(value, list | tuple) and any(isinstance(part, SEQUENCES) for part in value):
        return list(map(_listed, value))
    return value


def _in_double_precision(array: Any) -> Any:
    """Numbers of another type as float64: long doubles, fractions, complex ones that are real."""
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        return array.astype(float)
    if array.dtype.kind == "c" and not np.imag(array).any():
        return np.real(array).astype(float)
    if array.dtype.kind == "O" and all(map(_is_number, array.flat)):
        return array.astype(float)
    return array


def _is_number(value: Any) -> bool:
    if isinstance(value, Number):  # a Decimal is none of the others
        return isinstance(value, Real) or not isinstance(value, Complex)
    return isinstance(value, np.ndarray) and not value.ndim


def _described(value: Any, array: Any) -> str:
    if array.dtype.kind == "O" and not array.ndim:
        value = value.item() if isinstance(value, np.ndarray) else value
        if callable(value):
            return "a function (round brackets behind its name call it)"
        if value is None:
            return "an array that holds None"
        return f"an object of type {type(value).__name__[:40]}"
    if array.dtype.kind == "O" and any(part is None for part in array.flat):
        return "an array with None in it"
    return f"an array of dtype {str(array.dtype)[:40]}"
