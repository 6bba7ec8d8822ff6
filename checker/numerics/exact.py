"""Numbers of sixty digits, in numpy arrays of objects.

numpy calls the methods of the objects in such an array, so an operation that is written with numpy
runs on it unchanged, and its result has no rounding error to speak of. A result in float64 can be
compared with it, whatever the code does to plain arrays.

    >>> float((exact(np.array([1.0])) / 3).sum() * 3 - 1) < 1e-50
    True
"""

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np

DIGITS = 60
CONTEXT = mpmath.MPContext()
CONTEXT.dps = DIGITS
ARITHMETIC = ("add", "sub", "mul", "truediv", "pow", "mod")
COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
FUNCTIONS = ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tanh", "floor", "ceil")


class Exact:
    """One real number. Python's and numpy's numbers are taken at their exact values."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = _value(value)

    # numpy turns an array without axes into its only entry, which is then taken for the array.
    shape: tuple[int, ...] = ()
    ndim, size, dtype = 0, 1, np.dtype(object)
    real = property(lambda self: self)

    def _itself(self, **_: Any) -> "Exact":
        return self

    sum = mean = conjugate = _itself
    __sub__: Any  # set below, with the other operators

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __round__(self) -> int:
        return int(CONTEXT.nint(self.value))

    def __neg__(self) -> "Exact":
        return Exact(-self.value)

    def __abs__(self) -> "Exact":
        return Exact(abs(self.value))

    def __repr__(self) -> str:
        return f"Exact({CONTEXT.nstr(self.value, 20)})"


def exact(values: Any) -> Any:
    """The exact values of an array of numbers, as an array of the same shape."""
    array = np.asarray(values)
    found = np.empty(array.shape, dtype=object)
    for at in np.ndindex(array.shape):
        found[at] = Exact(array[at])
    return found


def rounded(values: Any) -> Any:
    """The nearest float64 of each number; infinity beyond its range."""
    array = np.asarray(values, dtype=object)
    return np.array([float(value) for value in array.ravel()]).reshape(array.shape)


def _value(number: Any) -> Any:
    if isinstance(number, Exact):
        return number.value
    return CONTEXT.mpf(number.item() if isinstance(number, np.generic) else number)


def _operator(name: str, wrap: Callable[[Any], Any]) -> Callable[[Exact, Any], Any]:
    """A method of two numbers; arrays are left to numpy."""

    def method(self: Exact, other: Any) -> Any:
        if not isinstance(other, Exact | float | int | np.generic):
            return NotImplemented
        return wrap(getattr(self.value, name)(_value(other)))

    return method


def _reflected(name: str) -> Callable[[Exact, Any], Any]:
    def method(self: Exact, other: Any) -> Any:
        if not isinstance(other, float | int | np.generic):
            return NotImplemented
        return Exact(getattr(_value(other), name)(self.value))

    return method


def _function(name: str) -> Callable[[Exact], Exact]:
    compute = getattr(CONTEXT, name)
    return lambda self: Exact(compute(self.value))


for _name in ARITHMETIC:
    setattr(Exact, f"__{_name}__", _operator(f"__{_name}__", Exact))
    setattr(Exact, f"__r{_name}__", _reflected(f"__{_name}__"))
for _name in COMPARISONS:
    setattr(Exact, f"__{_name}__", _operator(f"__{_name}__", bool))
for _name in FUNCTIONS:
    setattr(Exact, _name, _function(_name))
