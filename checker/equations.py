"""Every check is an equation: two sides that agree, entry by entry, within a computed bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.rounding import Traced

Array = NDArray[Any]

HEADROOM = 8.0  # the two sides round differently, and each may err by its whole bound


@dataclass(frozen=True)
class Equation:
    """`left == right` up to `bound`. `about` names the part compared, for the message."""

    about: str
    left: Array
    right: Array
    bound: Array

    @property
    def ratio(self) -> float:
        """The worst error as a fraction of its bound; inf where shapes or infinities differ."""
        return float(np.max(self.ratios, initial=0.0))

    @property
    def ratios(self) -> Array:
        if self.left.shape != self.right.shape:
            return np.array(np.inf)
        with np.errstate(all="ignore"):
            ratios = np.abs(self.left - self.right) / self.bound
        alike = (self.left == self.right) | (np.isnan(self.left) & np.isnan(self.right))
        return np.where(alike, 0.0, np.where(np.isfinite(ratios), ratios, np.inf))

    def __str__(self) -> str:
        if self.left.shape != self.right.shape:
            return f"{self.about}: shape {self.left.shape} should be {self.right.shape}"
        ratios = self.ratios
        at = np.unravel_index(int(np.argmax(ratios)), ratios.shape)
        where = f"{self.about}[{', '.join(map(str, at))}]" if at else self.about
        return (
            f"{where}: got {self.left[at]!r}, want {self.right[at]!r}, "
            f"bound {float(np.broadcast_to(self.bound, ratios.shape)[at]):.2g}"
        )


def unit(dtype: Any) -> float:
    """The unit roundoff: half the distance from 1 to the next number."""
    return float(np.finfo(dtype).eps) / 2


def bound(traced: Traced, dtype: Any = np.float64) -> Array:
    """What two right computations of one quantity may differ by, in arithmetic of this dtype."""
    return HEADROOM * (unit(dtype) * traced.error + float(np.finfo(dtype).tiny))


def parts(result: Any) -> tuple[Any, ...]:
    """An operation with several results returns a tuple; one result is a tuple of one."""
    return tuple(result) if isinstance(result, tuple) else (result,)


def is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def rounded(value: Any, dtype: Any) -> Any:
    """Real arrays rounded to what the dtype can hold, and still in float64; all else as it is."""
    return value.astype(dtype).astype(float) if is_real(value) else value


def traced(values: Mapping[str, Any]) -> dict[str, Any]:
    """Real arrays as traced ones; labels and settings as they are."""
    return {name: Traced(value) if is_real(value) else value for name, value in values.items()}


def sides(about: str, left: Any, right: Any, error: Any = 0.0) -> list[Equation]:
    """The equations of two results: a traced side has its own error, a plain one is exact."""
    extra = HEADROOM * unit(np.float64) * np.asarray(error)
    return [
        Equation(about, a.value, b.value, bound(a) + bound(b) + extra)
        for a, b in zip(map(as_traced, parts(left)), map(as_traced, parts(right)), strict=True)
    ]


def as_traced(x: Any) -> Traced:
    return x if isinstance(x, Traced) else Traced(x)
