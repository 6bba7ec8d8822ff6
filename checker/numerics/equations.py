"""Equations: two sides that must agree, entry by entry, within a computed error bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.numerics.error_bounds import ErrorBounded

Array = NDArray[Any]

HEADROOM = 8.0  # the bounds are estimates, and both sides may have their largest error


@dataclass(frozen=True)
class Equation:
    """`left == right` up to `bound`. `about` says in messages what is compared."""

    about: str
    left: Array
    right: Array
    bound: Array

    @property
    def ratio(self) -> float:
        """The worst error as a fraction of its bound; inf if shapes or infinities differ."""
        return float(np.max(self.ratios, initial=0.0))

    @property
    def ratios(self) -> Array:
        """The error of each entry as a fraction of its bound; equal infinities and nans have 0."""
        if self.left.shape != self.right.shape:
            return np.array(np.inf)
        with np.errstate(all="ignore"):
            ratios = np.abs(self.left - self.right) / self.bound
        equal = (self.left == self.right) | (np.isnan(self.left) & np.isnan(self.right))
        return np.where(equal, 0.0, np.where(np.isfinite(ratios), ratios, np.inf))

    def __str__(self) -> str:
        if self.left.shape != self.right.shape:
            return f"{self.about}: shape {self.left.shape} should be {self.right.shape}"
        ratios = self.ratios
        at = np.unravel_index(int(np.argmax(ratios)), ratios.shape)
        entry = f"{self.about}[{', '.join(map(str, at))}]" if at else self.about
        return (
            f"{entry}: got {self.left[at]!r}, want {self.right[at]!r}, "
            f"bound {float(np.broadcast_to(self.bound, ratios.shape)[at]):.2g}"
        )


def unit(dtype: Any) -> float:
    """The unit roundoff: half the distance from 1 to the next larger number."""
    return float(np.finfo(dtype).eps) / 2


def bound(bounded: ErrorBounded, dtype: Any = np.float64) -> Array:
    """The largest difference between two right computations of a quantity in this dtype."""
    return HEADROOM * (unit(dtype) * bounded.error + float(np.finfo(dtype).tiny))


def parts(result: Any) -> tuple[Any, ...]:
    """The results of an operation as a tuple, also if there is only one."""
    return tuple(result) if isinstance(result, tuple) else (result,)


def is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def rounded(value: Any, dtype: Any) -> Any:
    """Round a real array to values of the dtype, stored in float64. Return other values as is."""
    return value.astype(dtype).astype(float) if is_real(value) else value


def bounded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn real arrays into error-bounded ones. Labels and settings stay as they are."""
    return {
        name: ErrorBounded(value) if is_real(value) else value for name, value in values.items()
    }


def sides(about: str, left: Any, right: Any, error: Any = 0.0) -> list[Equation]:
    """Equations between two sets of results.

    An error-bounded side has its own error; a plain array is exact. `error` is added to the error.
    """
    extra = HEADROOM * unit(np.float64) * np.asarray(error)
    return [
        Equation(about, a.value, b.value, bound(a) + bound(b) + extra)
        for a, b in zip(map(as_bounded, parts(left)), map(as_bounded, parts(right)), strict=True)
    ]


def as_bounded(x: Any) -> ErrorBounded:
    """Turn a plain array into an error-bounded one without error."""
    return x if isinstance(x, ErrorBounded) else ErrorBounded(x)
