"""Numbers of sixty digits, in numpy arrays.

An operation that is written with numpy runs on such an array unchanged, and its result has no
rounding error to speak of. A result in float64 can be compared with it, whatever the code does to
plain arrays.

The entries are numbers of GNU MPFR, to which numpy leaves the arithmetic. For functions such as
exp, which numpy would look for as methods of an entry, the array calls those of MPFR.

    >>> float((exact(np.array([1.0])) / 3).sum() * 3 - 1) < 1e-50
    True
"""

from collections.abc import Callable, Iterator
from typing import Any

import gmpy2
import numpy as np

DIGITS = 60
BITS = 200
HALF = gmpy2.mpfr(0.5)
Array = np.ndarray[Any, Any]


def _logaddexp(a: Any, b: Any) -> Any:
    high, low = (a, b) if a > b else (b, a)
    return high if high == low and gmpy2.is_infinite(high) else high + gmpy2.log1p(_exp(low - high))


def _exp(a: Any) -> Any:
    return gmpy2.exp(a)


def _sign(a: Any) -> Any:
    return a if a != a else (a > 0) - (a < 0)


def _log_gamma(a: Any) -> Any:
    return gmpy2.lgamma(a)[0]


def _trigamma(a: Any) -> Any:
    """The difference quotient of digamma, whose error is far below the digits that are kept."""
    with gmpy2.context(precision=4 * BITS):
        step = gmpy2.exp2(-BITS)
        return (gmpy2.digamma(a + step) - gmpy2.digamma(a - step)) / (2 * step)


def _ndtr(a: Any) -> Any:
    return gmpy2.erfc(-a / gmpy2.sqrt(2)) / 2


def _density(a: Any) -> Any:
    return gmpy2.exp(-a * a / 2) / gmpy2.sqrt(2 * gmpy2.const_pi())


def _log_ndtr(a: Any) -> Any:
    return gmpy2.log1p(-_ndtr(-a)) if a > 0 else gmpy2.log(_ndtr(a))


UNARY: dict[str, Callable[[Any], Any]] = {
    **{
        name: getattr(gmpy2, name)
        for name in (
            *("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "cbrt"),
            *("sin", "cos", "tan", "sinh", "cosh", "tanh", "floor", "ceil", "trunc"),
        )
    },
    "arctan": gmpy2.atan,
    "arcsin": gmpy2.asin,
    "arccos": gmpy2.acos,
    "arctanh": gmpy2.atanh,
    "arcsinh": gmpy2.asinh,
    "rint": gmpy2.rint,
    "sign": _sign,
}
BINARY = {"logaddexp": _logaddexp, "hypot": gmpy2.hypot, "arctan2": gmpy2.atan2}
TESTS: dict[str, Callable[[Any], Any]] = {
    "isnan": lambda a: a != a,
    "isinf": lambda a: abs(a) == np.inf,
    "isfinite": lambda a: a - a == 0,
    "signbit": lambda a: gmpy2.is_signed(_number(a)),
}
COMPARISONS = {
    "greater",
    "greater_equal",
    "less",
    "less_equal",
    "equal",
    "not_equal",
    "logical_and",
    "logical_or",
    "logical_not",
}


class Exact(Array):
    """An array of exact numbers. Reductions and single entries are arrays too, without axes."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        name = ufunc.__name__
        plain = [_plain(x) for x in inputs]
        if "out" in kwargs:
            kwargs["out"] = tuple(_plain(x) for x in kwargs["out"])
        if method == "__call__" and name in TESTS:
            return np.asarray(np.frompyfunc(TESTS[name], 1, 1)(*plain), dtype=bool)
        if method == "__call__" and name in UNARY:
            result = np.frompyfunc(UNARY[name], 1, 1)(*plain)
        elif method == "__call__" and name in BINARY:
            result = np.frompyfunc(BINARY[name], 2, 1)(*plain)
        else:
            result = getattr(ufunc, method)(*plain, **kwargs)
        if method == "__call__" and name in COMPARISONS:
            return np.asarray(result).astype(bool)
        return _numbers(result)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if func is np.linalg.solve:
            return _solution(*args)
        if func is np.bincount:
            return _binned(*args, **kwargs)
        return _wrapped(super().__array_function__(func, types, args, kwargs))

    def __getitem__(self, index: Any) -> Any:
        return _numbers(super().__getitem__(index))

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __int__(self) -> int:
        return int(gmpy2.trunc(_number(self.item())))

    def __round__(self, digits: int | None = None) -> Any:
        return round(self.item(), digits)

    def erf(self) -> Any:
        return _each(gmpy2.erf, self)

    def erfc(self) -> Any:
        return _each(gmpy2.erfc, self)

    def digamma(self) -> Any:
        return _each(gmpy2.digamma, self)

    def log_gamma(self) -> Any:
        return _each(_log_gamma, self)

    def trigamma(self) -> Any:
        return _each(_trigamma, self)

    def ndtr(self) -> Any:
        return _each(_ndtr, self)

    def density(self) -> Any:
        return _each(_density, self)

    def log_ndtr(self) -> Any:
        return _each(_log_ndtr, self)


def exact(values: Any) -> Any:
    """The exact values of an array of numbers, as an array of the same shape.

    MPFR computes with the precision of the thread, which is set here.
    """
    if gmpy2.get_context().precision != BITS:
        gmpy2.get_context().precision = BITS
    return _each(_number, np.asarray(values, dtype=object))


def rounded(values: Any) -> Array:
    """The nearest float64 of each number; infinity beyond its range."""
    return np.asarray(_plain(values), dtype=float)


def _number(value: Any) -> Any:
    return gmpy2.mpfr(value.item() if isinstance(value, np.generic | np.ndarray) else value)


def _each(function: Callable[[Any], Any], values: Any) -> Any:
    return _wrapped(np.frompyfunc(function, 1, 1)(_plain(values)))


def _plain(values: Any) -> Any:
    return values.view(np.ndarray) if isinstance(values, Exact) else values


def _numbers(result: Any) -> Any:
    """The result of arithmetic: a number, of any type, becomes an array without axes."""
    if isinstance(result, type(HALF) | int | float) and not isinstance(result, bool):
        array = np.empty((), dtype=object)
        array[()] = result
        return array.view(Exact)
    return _wrapped(result)


def _wrapped(result: Any) -> Any:
    """Numbers and arrays of numbers as an `Exact`; anything else as it is."""
    if isinstance(result, tuple | list):
        return type(result)(map(_wrapped, result))
    if isinstance(result, np.ndarray):
        return result.view(Exact) if result.dtype == object else result
    return _numbers(result) if isinstance(result, type(HALF)) else result


def _binned(places: Any, weights: Any, minlength: int = 0) -> Any:
    """np.bincount with exact weights."""
    total = exact(np.zeros(max(minlength, 1 + int(np.max(places, initial=-1)))))
    np.add.at(total, places, weights)
    return total


def _solution(matrix: Any, right: Any) -> Any:
    """The solution of a system of linear equations, by elimination with pivots."""
    a, x = np.array(matrix, dtype=object), np.array(right, dtype=object)
    for k in range(len(a)):
        pivot = k + int(np.argmax(np.abs(a[k:, k])))
        if a[pivot, k] == 0:
            raise np.linalg.LinAlgError("Singular matrix")
        a[[k, pivot]], x[[k, pivot]] = a[[pivot, k]], x[[pivot, k]]
        for i in range(k + 1, len(a)):
            factor = a[i, k] / a[k, k]
            a[i], x[i] = a[i] - factor * a[k], x[i] - factor * x[k]
    for k in reversed(range(len(a))):
        x[k] = (x[k] - a[k, k + 1 :] @ x[k + 1 :]) / a[k, k]
    return _wrapped(x)
