"""Error-bounded arrays, which carry a bound on their own rounding error.

Reference code runs on an `ErrorBounded` array as it does on a plain one. Each entry has a value and
an error, so tolerances are computed and not guessed. The error is counted in unit roundoffs u:

    |computed - exact| <= u * error        (u = 2^-53 in float64, 2^-24 in float32)

Each operation multiplies the errors of its inputs by its derivatives and adds its own rounding
error. This is running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, 2002,
section 3.3). The rounding error of a sum of n terms is taken as sqrt(n), which holds with
probability near one, and not as n, the worst case (Higham and Mary 2019).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

Array = NDArray[Any]

ROUNDS_ONCE = 1.0
LIBRARY_ROUNDING = 4.0  # exp, log, tanh and others are right to a few units in the last place

# The product of two errors matters if both factors are zero up to their errors, as in the gradient
# of two saturated sigmoids. It uses the unit roundoff of float32, an upper bound for float64.
SECOND_ORDER = 2.0**-24

# A value below the smallest normal float32, such as 1 / (1 + exp(90)), may be lost completely.
SMALLEST_NORMAL = 2.0**-126
TOTAL_LOSS = 2.0**24  # the loss of a whole value, in unit roundoffs

# For each ufunc: its partial derivatives, and its own rounding error in unit roundoffs.
DERIVATIVES: dict[str, tuple[Callable[..., tuple[Any, ...]], float]] = {
    "add": (lambda out, a, b: (1, 1), ROUNDS_ONCE),
    "subtract": (lambda out, a, b: (1, 1), ROUNDS_ONCE),
    "multiply": (lambda out, a, b: (b, a), ROUNDS_ONCE),
    "divide": (lambda out, a, b: (1 / b, out / b), ROUNDS_ONCE),
    "power": (lambda out, a, b: (b * a ** (b - 1), out * np.log(a)), LIBRARY_ROUNDING),
    "negative": (lambda out, a: (1,), 0),
    "absolute": (lambda out, a: (1,), 0),
    "sign": (lambda out, a: (0,), 0),
    "square": (lambda out, a: (2 * a,), ROUNDS_ONCE),
    "sqrt": (lambda out, a: (0.5 / np.where(out == 0, 1, out),), ROUNDS_ONCE),
    "exp": (lambda out, a: (out,), LIBRARY_ROUNDING),
    "log": (lambda out, a: (1 / a,), LIBRARY_ROUNDING),
    "log1p": (lambda out, a: (1 / (1 + a),), LIBRARY_ROUNDING),
    "sin": (lambda out, a: (np.cos(a),), LIBRARY_ROUNDING),
    "cos": (lambda out, a: (np.sin(a),), LIBRARY_ROUNDING),
    "tanh": (lambda out, a: (1 - out**2,), LIBRARY_ROUNDING),
    "maximum": (lambda out, a, b: (out == a, out == b), 0),
    "minimum": (lambda out, a, b: (out == a, out == b), 0),
}
EXACT_UFUNCS = {
    "greater",
    "greater_equal",
    "less",
    "less_equal",
    "equal",
    "not_equal",
    "isnan",
    "floor",
}

# Functions that only move entries. They are applied to values and errors alike.
MOVING_FUNCTIONS = {np.tile, np.reshape, np.transpose, np.broadcast_to, np.swapaxes, np.zeros_like}


class ErrorBounded(NDArrayOperatorsMixin):
    """A float64 array and, for each entry, an error bound in unit roundoffs."""

    def __init__(self, value: Any, error: Any = 0.0) -> None:
        self.value: Array = np.asarray(value, dtype=float)
        errors = np.broadcast_to(np.asarray(error, dtype=float), self.value.shape)
        # Infinities and nans are compared as they are. Their errors would be nan and would reach
        # every sum that contains the entry, even after exp has turned -inf into 0.
        self.error: Array = np.where(np.isfinite(self.value), errors, 0.0)

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)
    real = property(lambda self: self)
    T = property(lambda self: ErrorBounded(self.value.T, self.error.T))

    def __len__(self) -> int:
        return len(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __round__(self) -> int:
        return round(float(self))

    def __iter__(self) -> Iterator["ErrorBounded"]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> "ErrorBounded":
        return ErrorBounded(self.value[index], self.error[index])

    def reshape(self, *shape: int) -> "ErrorBounded":
        return ErrorBounded(self.value.reshape(*shape), self.error.reshape(*shape))

    def copy(self) -> "ErrorBounded":
        """Itself, since it is never changed."""
        return self

    def astype(self, _: Any) -> "ErrorBounded":
        return self

    def sum(self, axis: Any = None, keepdims: bool = False) -> "ErrorBounded":
        total = self.value.sum(axis=axis, keepdims=keepdims)
        terms = self.value.size / max(total.size, 1)
        rounded = np.sqrt(terms) * np.abs(self.value).sum(axis=axis, keepdims=keepdims)
        return ErrorBounded(total, self.error.sum(axis=axis, keepdims=keepdims) + rounded)

    def mean(self, axis: Any = None, keepdims: bool = False) -> "ErrorBounded":
        total = self.sum(axis=axis, keepdims=keepdims)
        return total / (self.value.size / max(total.size, 1))

    def max(self, axis: Any = None, keepdims: bool = False) -> "ErrorBounded":
        error = self.error.max(axis=axis, keepdims=keepdims)
        return ErrorBounded(self.value.max(axis=axis, keepdims=keepdims), error)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__" or kwargs or not all(map(_is_known, inputs)):
            return NotImplemented
        values = [np.asarray(_value(x)) for x in inputs]  # 1 / 0 would raise for Python numbers
        with np.errstate(all="ignore"):
            out = ufunc(*values)
            if ufunc.__name__ in EXACT_UFUNCS:
                return out
            if ufunc is np.matmul:
                return _product(ufunc, out, values, [_error(x) for x in inputs])
            if ufunc.__name__ not in DERIVATIVES:
                return NotImplemented
            derivatives, rounding = DERIVATIVES[ufunc.__name__]
            loss = rounding and TOTAL_LOSS
            error = np.abs(out) * np.where(np.abs(out) < SMALLEST_NORMAL, loss, rounding)
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
        return ErrorBounded(out, sum(carried, error))

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if func is np.where:
            condition, *sides = args
            values, errors = map(_value, sides), map(_error, sides)
            return ErrorBounded(np.where(condition, *values), np.where(condition, *errors))
        if func in (np.concatenate, np.stack):
            values, errors = map(_value, args[0]), map(_error, args[0])
            return ErrorBounded(func(list(values), **kwargs), func(list(errors), **kwargs))
        if func is np.linalg.solve:
            return _solution(*map(_value, args), *map(_error, args))
        if func is np.argmax:
            return func(args[0].value, *args[1:], **kwargs)
        if func is np.bincount:
            return _binned(*args, **kwargs)
        if func in MOVING_FUNCTIONS:
            array, *rest = args
            return ErrorBounded(
                func(array.value, *rest, **kwargs), func(array.error, *rest, **kwargs)
            )
        return NotImplemented


def _product(ufunc: np.ufunc, out: Array, values: list[Array], errors: list[Array]) -> ErrorBounded:
    """The product of two matrices or stacks of matrices."""
    a, b = (np.abs(v) for v in values)
    rounded = np.sqrt(values[0].shape[-1]) * ufunc(a, b)
    both = SECOND_ORDER * ufunc(*errors)
    return ErrorBounded(out, ufunc(errors[0], b) + ufunc(a, errors[1]) + both + rounded)


def _solution(matrix: Array, right: Array, matrix_error: Array, right_error: Array) -> ErrorBounded:
    """Solve A x = b.

    Errors dA and db of the inputs change x by A^-1 (db - dA x). The elimination itself acts like an
    error of n max|A| in A.
    """
    out = np.linalg.solve(matrix, right)
    elimination_error = len(matrix) * np.abs(matrix).max(initial=0)
    residual_error = right_error + (matrix_error + elimination_error) @ np.abs(out)
    return ErrorBounded(out, np.abs(np.linalg.inv(matrix)) @ residual_error)


def _binned(places: Array, weights: ErrorBounded, minlength: int) -> ErrorBounded:
    """np.bincount with error-bounded weights."""

    def add(x: Array) -> Array:
        return np.bincount(places, weights=x, minlength=minlength)

    terms = np.bincount(places, minlength=minlength)
    rounded = np.sqrt(terms) * (terms > 1) * add(np.abs(weights.value))
    return ErrorBounded(add(weights.value), add(weights.error) + rounded)


def _of_power(base: Array, exponent: Any, error: Array) -> Array:
    """The error of a^b that comes from the error of a.

    For b >= 1 it is a difference of two powers and not the slope times the error, because at a = 0
    the slope is zero but the power of the error is not. The difference grows faster than u, so the
    value for float32 is an upper bound for float64.
    """
    size = np.abs(base)
    difference = (size + SECOND_ORDER * error) ** exponent - size**exponent
    slope = np.abs(exponent * base ** (exponent - 1.0))
    return np.where(exponent >= 1, difference / SECOND_ORDER, _scaled(slope, error))


def _of_root(value: Array, error: Array, by_slope: Array) -> Array:
    """The error of a root.

    If the value is smaller than its error, the error of the root is sqrt(u * error), counted in the
    unit roundoff of float64.
    """
    return np.where(value < SECOND_ORDER * error, np.sqrt(error * 2.0**53), by_slope)


def _of_choice(values: list[Array], errors: list[Array], of_chosen: Any) -> Array:
    """The error of a maximum or minimum.

    If rounding can change which operand is chosen, it is the larger of both errors.
    """
    (a, b), (error_a, error_b) = values, errors
    uncertain = np.abs(a - b) <= SECOND_ORDER * (error_a + error_b)
    return np.where(uncertain, np.maximum(error_a, error_b), of_chosen)


def _scaled(slope: Any, error: Array) -> Array:
    """Slope times error; 0 for an exact input, even if the slope is infinite."""
    return np.where(error == 0, 0, np.abs(slope) * error)


def _is_known(x: Any) -> bool:
    """Whether `x` is a kind of array handled here, and not, say, a variable of a graph."""
    return isinstance(x, ErrorBounded | np.ndarray | np.generic) or not hasattr(
        x, "__array_ufunc__"
    )


def _value(x: Any) -> Any:
    return x.value if isinstance(x, ErrorBounded) else x


def _error(x: Any) -> Array:
    return x.error if isinstance(x, ErrorBounded) else np.zeros(np.shape(x))
