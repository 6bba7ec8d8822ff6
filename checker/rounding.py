"""Arrays that carry a bound on their own rounding error, so that no tolerance has to be guessed.

A `Traced` array goes through reference code in place of a plain one. Beside each value it keeps
how far that value may be from the exact result, counted in unit roundoffs u:

    |computed - exact| <= u * error        (u = 2^-53 in float64, 2^-24 in float32)

Every operation adds what it rounds away itself and amplifies what its inputs carry by its own
derivative: running error analysis (Higham, Accuracy and Stability of Numerical
Algorithms, 2002, section 3.3). A sum of n terms is charged sqrt(n), its error with probability
near one, and not the n of the worst case (Higham and Mary 2019).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

Array = NDArray[Any]

ROUNDS_ONCE = 1.0
LIBRARY = 4.0  # exp, log, tanh and their kind are computed to a few units in the last place

# The product of two errors matters where both factors are zero but for their errors, as in the
# gradient of two saturated sigmoids. Counted with float32's u, it bounds float64 too.
SECOND_ORDER = 2.0**-24

# What is too small for a normal float32 may be lost there whole, as 1 / (1 + exp(90)) is.
SMALLEST = 2.0**-126
WHOLE = 2.0**24  # of a value, in units of roundoff

# For each ufunc: the sizes of its partial derivatives, and how much it rounds away itself.
DERIVATIVES: dict[str, tuple[Callable[..., tuple[Any, ...]], float]] = {
    "add": (lambda out, a, b: (1, 1), ROUNDS_ONCE),
    "subtract": (lambda out, a, b: (1, 1), ROUNDS_ONCE),
    "multiply": (lambda out, a, b: (b, a), ROUNDS_ONCE),
    "divide": (lambda out, a, b: (1 / b, out / b), ROUNDS_ONCE),
    "power": (lambda out, a, b: (b * a ** (b - 1), out * np.log(a)), LIBRARY),
    "negative": (lambda out, a: (1,), 0),
    "absolute": (lambda out, a: (1,), 0),
    "sign": (lambda out, a: (0,), 0),
    "square": (lambda out, a: (2 * a,), ROUNDS_ONCE),
    "sqrt": (lambda out, a: (0.5 / np.where(out == 0, 1, out),), ROUNDS_ONCE),
    "exp": (lambda out, a: (out,), LIBRARY),
    "log": (lambda out, a: (1 / a,), LIBRARY),
    "log1p": (lambda out, a: (1 / (1 + a),), LIBRARY),
    "sin": (lambda out, a: (np.cos(a),), LIBRARY),
    "cos": (lambda out, a: (np.sin(a),), LIBRARY),
    "tanh": (lambda out, a: (1 - out**2,), LIBRARY),
    "maximum": (lambda out, a, b: (out == a, out == b), 0),
    "minimum": (lambda out, a, b: (out == a, out == b), 0),
}
EXACT = {"greater", "greater_equal", "less", "less_equal", "equal", "not_equal", "isnan", "floor"}

# Functions that only move entries about treat values and errors alike.
MOVES = {np.tile, np.reshape, np.transpose, np.broadcast_to, np.swapaxes, np.zeros_like}


class Traced(NDArrayOperatorsMixin):
    """A float64 array and, entry by entry, its error bound in unit roundoffs."""

    def __init__(self, value: Any, error: Any = 0.0) -> None:
        self.value: Array = np.asarray(value, dtype=float)
        spread = np.broadcast_to(np.asarray(error, dtype=float), self.value.shape)
        # An infinity or nan is compared by what it is. Left to itself its error would be nan too,
        # and spread to every sum that the entry is part of, even where exp makes it a plain zero.
        self.error: Array = np.where(np.isfinite(self.value), spread, 0.0)

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)
    real = property(lambda self: self)
    T = property(lambda self: Traced(self.value.T, self.error.T))

    def __len__(self) -> int:
        return len(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __round__(self) -> int:
        return round(float(self))

    def __iter__(self) -> Iterator["Traced"]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> "Traced":
        return Traced(self.value[index], self.error[index])

    def reshape(self, *shape: int) -> "Traced":
        return Traced(self.value.reshape(*shape), self.error.reshape(*shape))

    def astype(self, _: Any) -> "Traced":
        return self

    def sum(self, axis: Any = None, keepdims: bool = False) -> "Traced":
        total = self.value.sum(axis=axis, keepdims=keepdims)
        terms = self.value.size / max(total.size, 1)
        rounded = np.sqrt(terms) * np.abs(self.value).sum(axis=axis, keepdims=keepdims)
        return Traced(total, self.error.sum(axis=axis, keepdims=keepdims) + rounded)

    def mean(self, axis: Any = None, keepdims: bool = False) -> "Traced":
        total = self.sum(axis=axis, keepdims=keepdims)
        return total / (self.value.size / max(total.size, 1))

    def max(self, axis: Any = None, keepdims: bool = False) -> "Traced":
        error = self.error.max(axis=axis, keepdims=keepdims)
        return Traced(self.value.max(axis=axis, keepdims=keepdims), error)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__" or kwargs or not all(map(_is_known, inputs)):
            return NotImplemented
        values = [np.asarray(_value(x)) for x in inputs]  # 1 / 0 would raise for plain numbers
        with np.errstate(all="ignore"):
            out = ufunc(*values)
            if ufunc.__name__ in EXACT:
                return out
            if ufunc is np.matmul:
                return _product(ufunc, out, values, [_error(x) for x in inputs])
            if ufunc.__name__ not in DERIVATIVES:
                return NotImplemented
            derivatives, rounds = DERIVATIVES[ufunc.__name__]
            error = np.abs(out) * np.where(np.abs(out) < SMALLEST, rounds and WHOLE, rounds)
            errors = [_error(x) for x in inputs]
            carried = [
                _scaled(s, e) for s, e in zip(derivatives(out, *values), errors, strict=True)
            ]
            if ufunc in (np.square, np.power):
                carried[0] = _of_power(values[0], values[-1] if len(values) > 1 else 2, errors[0])
            elif ufunc is np.sqrt:
                carried[0] = _of_root(values[0], errors[0], carried[0])
            elif ufunc in (np.maximum, np.minimum):
                carried = [_of_choice(values, errors, sum(carried))]
            elif ufunc is np.multiply:
                carried.append(SECOND_ORDER * errors[0] * errors[1])
        return Traced(out, sum(carried, error))

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if func is np.where:
            condition, *sides = args
            values, errors = map(_value, sides), map(_error, sides)
            return Traced(np.where(condition, *values), np.where(condition, *errors))
        if func in (np.concatenate, np.stack):
            values, errors = map(_value, args[0]), map(_error, args[0])
            return Traced(func(list(values), **kwargs), func(list(errors), **kwargs))
        if func is np.linalg.solve:
            return _solution(*map(_value, args), *map(_error, args))
        if func is np.argmax:
            return func(args[0].value, *args[1:], **kwargs)
        if func is np.bincount:
            return _binned(*args, **kwargs)
        if func in MOVES:
            array, *rest = args
            return Traced(func(array.value, *rest, **kwargs), func(array.error, *rest, **kwargs))
        return NotImplemented


def _product(ufunc: np.ufunc, out: Array, values: list[Array], errors: list[Array]) -> Traced:
    a, b = (np.abs(v) for v in values)
    rounded = np.sqrt(values[0].shape[-1]) * ufunc(a, b)
    both = SECOND_ORDER * ufunc(*errors)
    return Traced(out, ufunc(errors[0], b) + ufunc(a, errors[1]) + both + rounded)


def _solution(matrix: Array, right: Array, matrix_error: Array, right_error: Array) -> Traced:
    """x = A^-1 b moves by A^-1 (db - dA x) with its data; elimination moves A by n max |A|."""
    out = np.linalg.solve(matrix, right)
    eliminated = len(matrix) * np.abs(matrix).max(initial=0)
    disturbed = right_error + (matrix_error + eliminated) @ np.abs(out)
    return Traced(out, np.abs(np.linalg.inv(matrix)) @ disturbed)


def _binned(places: Array, weights: Traced, minlength: int) -> Traced:
    def add(x: Array) -> Array:
        return np.bincount(places, weights=x, minlength=minlength)

    terms = np.bincount(places, minlength=minlength)
    rounded = np.sqrt(terms) * (terms > 1) * add(np.abs(weights.value))
    return Traced(add(weights.value), add(weights.error) + rounded)


def _of_power(base: Array, exponent: Any, error: Array) -> Array:
    """How far a^b moves when |a| moves by u error.

    By the difference itself where b >= 1, because at a = 0 there is no slope, and yet a square of
    an error. The difference grows faster than u, so that float32's bounds float64's.
    """
    size = np.abs(base)
    moved = (size + SECOND_ORDER * error) ** exponent - size**exponent
    slope = np.abs(exponent * base ** (exponent - 1.0))
    return np.where(exponent >= 1, moved / SECOND_ORDER, _scaled(slope, error))


def _of_root(value: Array, error: Array, by_slope: Array) -> Array:
    """Where the error is all there is, the root moves by sqrt(u error), counted in float64's u."""
    return np.where(value < SECOND_ORDER * error, np.sqrt(error * 2.0**53), by_slope)


def _of_choice(values: list[Array], errors: list[Array], of_chosen: Any) -> Array:
    """Where rounding could have turned the choice, either may come out."""
    (a, b), (error_a, error_b) = values, errors
    turned = np.abs(a - b) <= SECOND_ORDER * (error_a + error_b)
    return np.where(turned, np.maximum(error_a, error_b), of_chosen)


def _scaled(slope: Any, error: Array) -> Array:
    """An exact input adds nothing, however steep the slope."""
    return np.where(error == 0, 0, np.abs(slope) * error)


def _is_known(x: Any) -> bool:
    """Other kinds of arrays, such as the variables of a graph, are left to themselves."""
    return isinstance(x, Traced | np.ndarray | np.generic) or not hasattr(x, "__array_ufunc__")


def _value(x: Any) -> Any:
    return x.value if isinstance(x, Traced) else x


def _error(x: Any) -> Array:
    return x.error if isinstance(x, Traced) else np.zeros(np.shape(x))
