"""Numerical differentiation: derivatives from function values, with the error of each formula.

    one-sided       (f(x + h) - f(x)) / h                     error  h   f''(x) / 2
    central         (f(x + h) - f(x - h)) / 2h                error  h^2 f'''(x) / 6
    Richardson      (4 D(h/2) - D(h)) / 3, D central          error -h^4 f'''''(x) / 480
    complex step    Im f(x + ih) / h                          error -h^2 f'''(x) / 6

Order p means that halving h divides this error by 2^p. The first three formulas subtract nearly
equal numbers, which adds a rounding error of about u |f| / h, where u is the unit roundoff. This
error grows as h shrinks; the best h balances the two errors and is about u^(1/(p+1)). The complex
step subtracts nothing, so h may be 1e-30 and the error vanishes. It requires a smooth f that
accepts complex numbers.

Source: Squire and Trapp 1998; Richardson 1911; lecture 000.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from reference.spec import Real

ROUNDOFF = 2.0**-53


def one_sided(f: Callable[[Any], Any], x: Any, h: Any) -> Any:
    return (f(x + h) - f(x)) / h


def central(f: Callable[[Any], Any], x: Any, h: Any) -> Any:
    return (f(x + h) - f(x - h)) / (2 * h)


def richardson(f: Callable[[Any], Any], x: Any, h: Any) -> Any:
    return (4 * central(f, x, h / 2) - central(f, x, h)) / 3


def complex_step(f: Callable[[Any], Any], x: Any, h: Any) -> Any:
    return f(x + 1j * h).imag / h


class Method(NamedTuple):
    """A formula; `error` is the factor c in its leading error c h^order f^(order + 1)(x)."""

    difference: Callable[[Callable[[Any], Any], Any, Any], Any]
    order: int
    error: float
    step: float


METHODS = {
    "one_sided": Method(one_sided, 1, 1 / 2, ROUNDOFF ** (1 / 2)),
    "central": Method(central, 2, 1 / 6, ROUNDOFF ** (1 / 3)),
    "richardson": Method(richardson, 4, -1 / 480, ROUNDOFF ** (1 / 5)),
    "complex_step": Method(complex_step, 2, -1 / 6, 1e-30),
}


def numerical_gradient(f: Callable[[Real], Any], x: Real, method: str = "central") -> Real:
    """The gradient of a scalar function of an array, computed entry by entry.

    The step grows with the size of the entry, so that x + h differs from x.
    """
    difference, _, _, step = METHODS[method]
    slopes = np.empty(x.shape)
    for at in np.ndindex(x.shape):
        unit = np.zeros(x.shape)
        unit[at] = 1.0
        h = step * max(1.0, abs(float(x[at])))
        slopes[at] = difference(partial(_along, f, x, unit), 0.0, h)
    return slopes


def _along(f: Callable[[Real], Any], x: Real, unit: Real, t: Any) -> Any:
    return f(x + t * unit)
