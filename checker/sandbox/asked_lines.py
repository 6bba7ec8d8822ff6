"""Runs the lines by which a task asks for functions of another form, beside a submission.

The lines are a small part of Python, which `checker.course.call_lines` describes. What they pass
from one function to the next stays here, and so it may be anything. Where a function returns
something else than the lines take, the message says so with the line itself: the student's file has
no such line.
"""

import ast
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checker.sandbox.form_error import (
    FormError,
    Known,
    Value,
    Where,
    count,
    described,
    is_inside,
    misfit,
)

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
FAILURES = (TypeError, AttributeError, ValueError, ZeroDivisionError, KeyError, IndexError)
MOST_KEYS = 8  # of a dictionary, or attributes of an object, in words about it


class AskedLines:
    """The lines of a task as one function of its arguments. `names` are those of the submission.

    Each part of the lines is made a function of the names that are known, once for all calls.
    """

    def __init__(self, parameters: Sequence[str], text: str, names: dict[str, Any]) -> None:
        self._parameters, self._names = parameters, names
        self._text, self._lines = text, text.split("\n")
        self._line = 1
        self._made: dict[str, int] = dict.fromkeys(parameters, 0)  # a name -> its line
        *body, last = ast.parse(text).body
        self._steps = list(map(self._statement, body))
        self._line = last.lineno
        value = last.value if isinstance(last, ast.Return) else None
        self._result = self._value(value or ast.Constant(None))

    def __call__(self, *given: Any) -> Any:
        known = dict(zip(self._parameters, given, strict=False))
        for step in self._steps:
            step(known)
        return self._result(known)

    def _statement(self, statement: ast.stmt) -> Value:
        self._line = statement.lineno
        match statement:
            case ast.Assign([target], value):
                get = self._value(value)
                put = self._target(target, value)
                return lambda known: put(known, get(known))
            case ast.Expr(value):
                return self._value(value)
            case ast.For(target, values, inner):
                get = self._value(values)
                put = self._target(target, values)
                steps = list(map(self._statement, inner))

                def each(known: Known) -> None:
                    for value in get(known):
                        put(known, value)
                        for step in steps:
                            step(known)

                return each
        raise ValueError(f"line {self._line}: {type(statement).__name__}")

    def _target(self, target: ast.expr, source: ast.expr) -> Callable[[Known, Any], None]:
        where = self._where(target)
        match target:
            case ast.Name(name):
                self._made[name] = self._line
                return lambda known, value: known.__setitem__(name, value)
            case ast.Tuple(parts) | ast.List(parts):
                return self._several([self._target(part, source) for part in parts], source)
            case ast.Attribute(inner, name):
                get = self._value(inner)

                def put(known: Known, value: Any) -> None:
                    place = get(known)
                    try:
                        setattr(place, name, value)
                    except FAILURES as error:
                        raise where.failed(error) from error

                return put
            case ast.Subscript(inner, key):
                get, at = self._value(inner), self._value(key)

                def put_at(known: Known, value: Any) -> None:
                    place = get(known)
                    try:
                        place[at(known)] = value
                    except FAILURES as error:
                        raise where.failed(error) from error

                return put_at
        raise ValueError(ast.unparse(target))

    def _several(
        self, puts: list[Callable[[Known, Any], None]], source: ast.expr
    ) -> Callable[[Known, Any], None]:
        """Give each part of a tuple its name. An array has rows, but no function returns these."""
        called, where = isinstance(source, ast.Call), self._where(source)

        def put(known: Known, value: Any) -> None:
            may_be_rows = not called and isinstance(value, np.ndarray)
            if not (isinstance(value, tuple | list) or may_be_rows) or len(value) != len(puts):
                words = f"{count(len(puts))} are asked, and {where.returned} {described(value)}"
                raise where.error(words, known)
            for each, part in zip(puts, value, strict=True):
                each(known, part)

        return put

    def _value(self, node: ast.expr) -> Value:
        where = self._where(node)
        match node:
            case ast.Constant(constant):
                return lambda known: constant
            case ast.Name(name):
                return self._named(name)
            case ast.Tuple(parts):
                values = list(map(self._value, parts))
                return lambda known: tuple([value(known) for value in values])
            case ast.List(parts):
                values = list(map(self._value, parts))
                return lambda known: [value(known) for value in values]
            case ast.Dict(keys, parts):
                pairs = [
                    (self._value(key), self._value(part))
                    for key, part in zip(keys, parts, strict=True)
                    if key
                ]
                return lambda known: {key(known): value(known) for key, value in pairs}
            case ast.UnaryOp(ast.USub(), inner):
                return self._computed(where, operator.neg, inner)
            case ast.BinOp(left, sign, right):
                return self._computed(where, OPERATORS[type(sign)], left, right)
            case ast.Attribute(inner, name):
                return self._attribute(where, inner, name)
            case ast.Subscript(inner, key):
                return self._entry(where, inner, key)
            case ast.Call(function, arguments, keywords):
                return self._called(where, function, arguments, keywords)
        raise ValueError(ast.unparse(node))

    def _named(self, name: str) -> Value:
        names = self._names

        def value(known: Known) -> Any:
            for each in (known, names):
                if name in each:
                    return each[name]
            raise FormError(f"there is no {name} in the file")

        return value

    def _computed(self, where: Where, compute: Callable[..., Any], *parts: ast.expr) -> Value:
        values = list(map(self._value, parts))

        def value(known: Known) -> Any:
            given = [part(known) for part in values]
            try:
                return compute(*given)
            except FAILURES as error:
                raise where.failed(error) from error

        return value

    def _called(
        self,
        where: Where,
        function: ast.expr,
        arguments: list[ast.expr],
        keywords: list[ast.keyword],
    ) -> Value:
        called, given = self._value(function), list(map(self._value, arguments))
        named = [(str(each.arg), self._value(each.value)) for each in keywords]

        def value(known: Known) -> Any:
            own = called(known)
            values = [part(known) for part in given]
            others = {name: part(known) for name, part in named}
            try:
                return own(*values, **others)
            except TypeError as error:
                if is_inside(error):
                    raise
                raise where.error(misfit(own, error), known) from error

        return value

    def _attribute(self, where: Where, inner: ast.expr, name: str) -> Value:
        get, returned = self._value(inner), self._where(inner).returned

        def value(known: Known) -> Any:
            place = get(known)
            try:
                return getattr(place, name)
            except AttributeError as error:
                if is_inside(error):
                    raise
                own = getattr(place, "__dict__", None)
                words = f"{returned} {described(place)}"
                if own is not None:
                    there = ", ".join(list(map(str, own))[:MOST_KEYS]) or "none"
                    kind = type(place).__name__[:40]
                    words = f"the {kind} object has no attribute {name}: its attributes are {there}"
                elif place is not None:
                    words += f", which has no {name}"
                raise where.error(words, known) from error

        return value

    def _entry(self, where: Where, inner: ast.expr, key: ast.expr) -> Value:
        get, at, place = self._value(inner), self._value(key), self._where(inner)

        def value(known: Known) -> Any:
            whole, entry = get(known), at(known)
            try:
                return whole[entry]
            except (TypeError, IndexError, KeyError) as error:
                if is_inside(error):
                    raise
                what = "key" if isinstance(entry, str) else "entry"
                words = f"the {what} {entry!r} is asked, and {place.returned} {described(whole)}"
                if isinstance(whole, dict):
                    keys = [repr(each)[:40] for each in whole][:MOST_KEYS]
                    there = f"its keys are {', '.join(keys)}" if keys else "it is empty"
                    words = f"the dictionary {place.code} has no {entry!r}: {there}"
                raise where.error(words, known) from error

        return value

    def _where(self, node: ast.expr) -> Where:
        inside = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
        made = sorted({self._made.get(name, 0) for name in inside} - {0})
        code = ast.get_source_segment(self._text, node) or ""
        lines = [self._lines[number - 1].strip() for number in (*made, self._line)]
        called = self._value(node.func) if isinstance(node, ast.Call) else None
        return Where(code, lines, called, str(self._names.get("__file__")))


def methods(names: dict[str, Any], wanted: list[str]) -> list[str]:
    """Those of the wanted methods, "Class.method", that are there, or may be."""
    found = []
    for each in wanted:
        name, _, method = each.partition(".")
        known = names.get(name)
        if not isinstance(known, type) or callable(getattr(known, method, None)):
            found.append(each)
    return found
