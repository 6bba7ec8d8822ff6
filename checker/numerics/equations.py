"""Equations: two sides that must agree, entry by entry, within a computed error bound."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# Of what differs by so little that floats do not show it.
ROUNDED = (
    "If the formula is right, it has a number that is rounded to float64 before it meets an array, "
    "such as C**2 of a constant C: write it alike in forward and backward"
)


@dataclass(frozen=True)
class Equation:
    """`left == right` up to `bound`. `about` says in messages what is compared.

    `theirs` is what another implementation has in place of `left`: its error is measured by the
    same bound, but is no failure. `near` is what both sides are where floats do not tell them
    apart: there, `left` is their difference, and `right` is 0.
    """

    about: str
    left: Array
    right: Array
    bound: Array
    theirs: Array | None = None
    near: Array | None = None

    @cached_property
    def ratio(self) -> float:
        """The worst error as a fraction of its bound; inf if shapes or infinities differ."""
        return float(np.max(self.ratios, initial=0.0))

    @property
    def their_ratio(self) -> float:
        """The worst error of the other implementation, likewise; 0 without one."""
        if self.theirs is None or self.theirs.shape != self.right.shape:
            return 0.0
        ratios = _ratios(self.theirs, self.right, self.bound)
        return float(np.max(ratios, initial=0.0, where=np.isfinite(ratios)))

    @property
    def ratios(self) -> Array:
        """The error of each entry as a fraction of its bound; equal infinities and nans have 0."""
        if self.left.shape != self.right.shape:
            return np.array(np.inf)
        return _ratios(self.left, self.right, self.bound)

    def __str__(self) -> str:
        if self.left.shape != self.right.shape:
            return f"{self.about}: shape {self.left.shape} should be {self.right.shape}"
        ratios = self.ratios
        at = np.unravel_index(int(np.argmax(ratios)), ratios.shape)
        entry = f"{self.about}[{', '.join(map(str, at))}]" if at else self.about
        left, right = self.left[at].item(), self.right[at].item()
        bound = f"bound {float(np.broadcast_to(self.bound, ratios.shape)[at]):.2g}"
        if self.near is None or right or not self.near[at]:
            return f"{entry}: got {left!r}, want {right!r}, {bound}"
        away = f"{abs(left):.2g} {'more' if left > 0 else 'less'}"
        return f"{entry}: got {away} than {self.near[at].item()!r}, {bound}. {ROUNDED}"


def _ratios(left: Array, right: Array, bound: Array) -> Array:
    left, right = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    with np.errstate(all="ignore"):
        ratios = np.abs(left - right) / bound
    equal = (left == right) | (np.isnan(left) & np.isnan(right))
    return np.where(equal, 0.0, np.where(np.isfinite(ratios), ratios, np.inf))


def unit(dtype: Any) -> float:
    """The unit roundoff: half the distance from 1 to the next larger number."""
    return float(np.finfo(dtype).eps) / 2


SINGLE, DOUBLE = unit(np.float32), unit(np.float64)


def parts(result: Any) -> tuple[Any, ...]:
    """The results of an operation as a tuple, also if there is only one."""
    return tuple(result) if isinstance(result, tuple) else (result,)


def is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def largest(values: Any) -> float:
    """The largest finite number, without its sign; 0 if there is none."""
    numbers = np.asarray(values, dtype=float)
    return float(np.max(np.abs(numbers), initial=0.0, where=np.isfinite(numbers)))


def rounded(value: Any, dtype: Any) -> Any:
    """Round a real array to values of the dtype, stored in float64. Return other values as is."""
    return np.asarray(value.astype(dtype).astype(float)) if is_real(value) else value
