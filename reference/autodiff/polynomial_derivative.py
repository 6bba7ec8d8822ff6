"""Symbolic differentiation of a polynomial, given by its coefficients.

    p(x) = c_0 + c_1 x + c_2 x^2 + ...        p'(x) = c_1 + 2 c_2 x + 3 c_3 x^2 + ...

The rules of calculus are applied to the formula, and the result is again a formula. Coefficients
are ordered from the lowest power to the highest, as in numpy.polynomial; numpy.polyder uses the
opposite order. n coefficients give n - 1, but the derivative of a constant is the constant 0, with
one coefficient.

    >>> run(np.array([5.0, 3.0, 2.0, 1.0]))
    array([3., 4., 3.])

Source: lecture 000, "symbolic differentiation".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Procedure, Real


def run(coefficients: Shaped[Real, "n"]) -> Shaped[Real, "m"]:
    if len(coefficients) == 1:
        return 0 * coefficients
    return coefficients[1:] * np.arange(1, len(coefficients), dtype=coefficients.dtype)


def sum_rule(f, coefficients):
    """The derivative of p + p is twice the derivative of p."""
    return f(coefficients + coefficients), 2 * f(coefficients)


def constants_vanish(f, coefficients):
    """Changing the constant term does not change the derivative."""
    raised = coefficients + np.where(np.arange(len(coefficients)) == 0, 7.0, 0.0)
    return f(raised), f(coefficients)


def a_constant_has_slope_zero(f, coefficients):
    """The derivative of a constant is the polynomial 0, with one coefficient."""
    return f(coefficients[:1]), np.zeros(1)


def product_rule(f, coefficients):
    """The derivative of x p is p + x p'."""
    zero = np.zeros(1)
    length = len(coefficients)
    times_x = np.concatenate([zero, f(coefficients), zero])[:length]
    return f(np.concatenate([zero, coefficients])), coefficients + times_x


SPEC = Procedure(
    run=run,
    torch="torch differentiates programs, not formulas",
    properties=(sum_rule, constants_vanish, a_constant_has_slope_zero, product_rule),
)
