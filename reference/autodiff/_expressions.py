"""Expressions: numbers, symbols and operations on them, which can be simplified and printed.

Expressions are simplified as they are built: terms of 0 and factors of 0 and 1 are removed, x + x
becomes 2 x, and numbers, which are stored as fractions, are combined without rounding.

Source: lecture 000.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Union

Operand = Union["Expression", int, float, Fraction]


class Expression:
    """The base class of numbers, symbols and operations, which defines their arithmetic."""

    def __neg__(self):
        return multiply(-1, self)

    def __add__(self, other):
        return add(self, other)

    def __radd__(self, other):
        return add(other, self)

    def __sub__(self, other):
        return subtract(self, other)

    def __rsub__(self, other):
        return subtract(other, self)

    def __mul__(self, other):
        return multiply(self, other)

    def __rmul__(self, other):
        return multiply(other, self)

    def __truediv__(self, other):
        return divide(self, other)

    def __rtruediv__(self, other):
        return divide(other, self)

    def __pow__(self, other):
        return power(self, other)

    def __rpow__(self, other):
        return power(other, self)

    def __str__(self) -> str:
        return _shown(self)[0]


@dataclass(frozen=True, repr=False)
class Number(Expression):
    value: Fraction


@dataclass(frozen=True, repr=False)
class Symbol(Expression):
    name: str


@dataclass(frozen=True, repr=False)
class Operation(Expression):
    name: str
    arguments: tuple[Expression, ...]


ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


def add(a: Operand, b: Operand) -> Expression:
    match expression(a), expression(b):
        case Number(x), Number(y):
            return Number(x + y)
        case (Number(0), other) | (other, Number(0)):
            return other
        case left, right if left == right:
            return multiply(2, left)
        case left, right if _negative(right):
            return subtract(left, multiply(-1, right))
        case left, right:
            return Operation("add", (left, right))


def subtract(a: Operand, b: Operand) -> Expression:
    match expression(a), expression(b):
        case Number(x), Number(y):
            return Number(x - y)
        case left, Number(0):
            return left
        case Number(0), right:
            return multiply(-1, right)
        case left, right if left == right:
            return ZERO
        case left, right if _negative(right):
            return add(left, multiply(-1, right))
        case left, right:
            return Operation("subtract", (left, right))


def multiply(a: Operand, b: Operand) -> Expression:
    match expression(a), expression(b):
        case Number(x), Number(y):
            return Number(x * y)
        case (Number(0), _) | (_, Number(0)):
            return ZERO
        case (Number(1), other) | (other, Number(1)):
            return other
        case Number(x), Operation("multiply", (Number(y), rest)):
            return multiply(Number(x * y), rest)
        case left, Number(_) as right:  # the number is put first
            return multiply(right, left)
        case left, Operation("multiply", (Number(_) as number, rest)):
            return multiply(number, multiply(left, rest))
        case left, right:
            return Operation("multiply", (left, right))


def divide(a: Operand, b: Operand) -> Expression:
    match expression(a), expression(b):
        case Number(x), Number(y) if y != 0:
            return Number(x / y)
        case Number(0), right if right != ZERO:
            return ZERO
        case left, Number(1):
            return left
        case left, right:
            return Operation("divide", (left, right))


def power(a: Operand, b: Operand) -> Expression:
    match expression(a), expression(b):
        case _, Number(0):
            return ONE
        case base, Number(1):
            return base
        case Number(x), Number(y) if y.denominator == 1 and (x != 0 or y > 0):
            return Number(Fraction(x**y.numerator))
        case base, exponent:
            return Operation("power", (base, exponent))


def expression(x: Operand) -> Expression:
    return x if isinstance(x, Expression) else Number(Fraction(x))


def function(name: str, argument: Operand) -> Expression:
    """The function exp, log, sin, cos or tanh, by name, of an expression."""
    return Operation(name, (expression(argument),))


def _negative(x: Expression) -> bool:
    match x:
        case Number(value) | Operation("multiply", (Number(value), _)):
            return value < 0
    return False


def size(of: Expression) -> int:
    """The number of numbers, symbols and operations in an expression, counted with repetition."""
    return 1 + sum(map(size, getattr(of, "arguments", ())))


SIGNS = {"add": ("+", 1), "subtract": ("-", 1), "multiply": ("*", 2), "divide": ("/", 2)}
ATOM = 4


def _shown(of: Expression) -> tuple[str, int]:
    """The text of an expression, and the precedence of its outermost operation."""
    match of:
        case Number(value):
            text = str(value) if value.denominator < 1000 else repr(float(value))
            return text, ATOM if value >= 0 and "/" not in text else 2
        case Symbol(name):
            return name, ATOM
        case Operation("power", (base, exponent)):
            return f"{_within(base, ATOM)}^{_within(exponent, 3)}", 3
        case Operation("multiply", (Number(-1), right)):
            return f"-{_within(right, 2)}", 1
        case Operation(name, (left, right)):
            sign, strength = SIGNS[name]
            tighter = strength + (name in ("subtract", "divide"))
            return f"{_within(left, strength)} {sign} {_within(right, tighter)}", strength
        case Operation(name, (argument,)):
            return f"{name}({argument})", ATOM
    return repr(of), ATOM


def _within(of: Expression, strength: int) -> str:
    text, own = _shown(of)
    return text if own >= strength else f"({text})"
