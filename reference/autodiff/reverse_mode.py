"""Reverse-mode automatic differentiation of four expressions, which use most of its primitives.

    forward     the expression, recorded as a graph
    backward    dL/da and dL/db by one walk back through the graph

The expressions are ordinary Python code. The checks test that the recorded graph has their value,
and that the walk back gives their derivative, for which nobody wrote a formula. `a` and `b` have
the same shape (n, d), and the result is the sum of all entries of the expression. An unknown name
of an expression raises KeyError.

    >>> float(forward(np.array([[3.0, 1.0]]), np.array([[2.0, 4.0]]), expression="choices"))
    66.0

Source: Linnainmaa 1970; lecture 000, lecture 002, "computation graphs".
"""

from types import SimpleNamespace
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.autodiff import _graph
from reference.autodiff._graph import Variable
from reference.autodiff._reverse import gradients
from reference.spec import Function, Gradients, Real, Spec, Try

EXPRESSIONS = {
    "arithmetic": lambda o, a, b: (a + 2 * b) * (a - b) / (a**2 + b * b + 1) - (-b) ** 3,
    "functions": lambda o, a, b: (
        o.exp(-(o.tanh(a) ** 2)) * o.sin(b) + o.cos(a) * o.log(1 + b * b) / (2 + o.sin(a))
    ),
    "choices": lambda o, a, b: o.maximum(a, b) * o.where(o.larger(a, b), a * b, 3 * b),
    "shapes": lambda o, a, b: o.matmul(a, b.T).reshape(-1)[::2].sum() * a[0] + (b + a[0]).mean(),
}
NAMES = ("exp", "log", "sin", "cos", "tanh", "maximum", "where", "matmul")


def forward(
    a: Shaped[Real, "n d"],
    b: Shaped[Real, "n d"],
    *,
    expression: Shaped[str, Try(tuple(EXPRESSIONS))] = "arithmetic",
) -> Shaped[Real, ""]:
    return _recorded(a, b, expression)[0].value


def backward(grad: Real, a: Real, b: Real, *, expression: str = "arithmetic") -> Gradients:
    output, variables = _recorded(a, b, expression)
    return tuple(gradients(output, variables, grad))


def _recorded(a: Real, b: Real, expression: str) -> tuple[Variable, list[Variable]]:
    variables = [Variable(a), Variable(b)]
    operations = _operations(_graph, lambda a, b: a.value.real > b.value.real)
    return EXPRESSIONS[expression](operations, *variables).sum(), variables


def _operations(module: Any, larger: Function) -> SimpleNamespace:
    """The functions that the expressions use, taken from numpy, torch or the graph."""
    return SimpleNamespace(larger=larger, **{name: getattr(module, name) for name in NAMES})


def recording_changes_no_value(f, a, b, expression):
    """The recorded graph has the same value as the expression on plain arrays."""
    plain = _operations(np, lambda a, b: a > b)
    return f(a, b, expression=expression), EXPRESSIONS[expression](plain, a, b).sum()


def shared_nodes_add_up(f, a, b, expression):
    """A variable used in both places receives the sum of the gradients of both places."""
    shared = Variable(a)
    smooth = "functions" if expression == "choices" else expression
    operations = _operations(_graph, lambda a, b: a.value > b.value)
    output = EXPRESSIONS[smooth](operations, shared, shared).sum()
    apart, variables = _recorded(a, a, smooth)
    return tuple(gradients(output, [shared])), (sum(gradients(apart, variables)),)


def _torch(torch, a, b, expression):
    return EXPRESSIONS[expression](_operations(torch, lambda a, b: a > b), a, b).sum()


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    terms=lambda a, b, expression: (
        max(1.0, np.abs(a).max(initial=0)) * max(1.0, np.abs(b).max(initial=0))
    ),
    properties=(recording_changes_no_value, shared_nodes_add_up),
    possible=lambda a, b, expression: expression != "choices" or bool(np.all(a != b)),
)
