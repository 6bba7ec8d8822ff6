"""Symbolic differentiation: from the expression of a function to the expression of its derivative.

    (a + b)' = a' + b'      (a b)' = a' b + a b'      (a / b)' = (a' - (a / b) b') / b
    (a^b)' = b a^(b-1) a' + a^b log(a) b'             f(a)' = f'(a) a'

The derivative repeats its subexpressions, so the derivatives of nested products grow exponentially
(expression swell), while a graph shares them. Also, loops and branches cannot be written as an
expression. For both reasons networks are differentiated automatically.

Source: Griewank and Walther 2008, chapter 1; lecture 000.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reference.autodiff import _graph
from reference.autodiff._expressions import (
    ONE,
    ZERO,
    Expression,
    Number,
    Operation,
    Symbol,
    add,
    divide,
    function,
    multiply,
    power,
    subtract,
)

# For each function f, its derivative at a; y = f(a) is already computed.
SLOPES: dict[str, Callable[[Expression, Expression], Expression]] = {
    "exp": lambda a, y: y,
    "log": lambda a, y: divide(1, a),
    "sin": lambda a, y: function("cos", a),
    "cos": lambda a, y: -function("sin", a),
    "tanh": lambda a, y: subtract(1, power(y, 2)),
}


def derivative(of: Expression, by: str) -> Expression:
    """The partial derivative with respect to the symbol of this name."""
    match of:
        case Symbol(name):
            return ONE if name == by else ZERO
        case Operation(name, (a, b)):
            return _of_two(name, of, (a, b), derivative(a, by), derivative(b, by))
        case Operation(name, (a,)):
            return multiply(SLOPES[name](a, of), derivative(a, by))
    return ZERO


def _of_two(name, y, arguments, da, db):
    a, b = arguments
    if name == "multiply":
        return add(multiply(da, b), multiply(a, db))
    if name == "divide":
        return divide(subtract(da, multiply(y, db)), b)
    if name == "power":
        log_part = ZERO if db == ZERO else multiply(multiply(y, function("log", a)), db)
        return add(multiply(multiply(b, power(a, subtract(b, 1))), da), log_part)
    return {"add": add, "subtract": subtract}[name](da, db)


def evaluate(of: Expression, values: Mapping[str, Any], apply: Any = _graph.apply) -> Any:
    """The value for given symbols, which may be numbers, complex numbers, arrays or Variables."""
    match of:
        case Number(value):
            return np.float64(value)
        case Symbol(name):
            return values[name]
        case Operation(name, arguments):
            return apply(name, *(evaluate(each, values, apply) for each in arguments))
    raise TypeError(f"{of!r} is not an expression")
