"""The lengths of axes that are expressions of other axes and of settings.

`sizes` holds the lengths of each name: one length, or those of a group of axes. A declaration is
evaluated here wherever an array of it is made: for the proof, for tasks and on a GPU.
"""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from reference.spec import Argument, Below

Sizes = Mapping[str, tuple[int, ...]]

OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


class AxisError(ValueError):
    """An axis is declared by something that is no expression of axes and settings."""


def names(arguments: Iterable[Argument]) -> list[str]:
    """The axes whose lengths can be chosen, in alphabetical order. Settings have a `Try`."""
    known = tuple(arguments)
    settings = {argument.name for argument in known if argument.tried}
    used = {name for a in known for axis in a.axes for name in _names(axis)}
    return sorted(used - settings)


def is_group(name: str, arguments: Iterable[Argument]) -> bool:
    """Whether a name stands for one to three axes."""
    return any(a.startswith("*") and name in _names(a) for each in arguments for a in each.axes)


def alike(arguments: Iterable[Argument]) -> list[set[str]]:
    """The groups that have as many axes as each other, because an expression has both."""
    found: list[set[str]] = []
    known = tuple(arguments)
    free = set(names(known))
    for axis in (axis for argument in known for axis in argument.axes if axis.startswith("*")):
        joined = _names(axis) & free
        for other in [each for each in found if each & joined]:
            found.remove(other)
            joined |= other
        found.append(joined)
    return found


def shape(axes: Iterable[str], sizes: Sizes, settings: Mapping[str, Any]) -> tuple[int, ...]:
    """The lengths of these axes. Raises AxisError where an axis cannot be evaluated."""
    found: list[int] = []
    for axis in axes:
        if axis == "...":
            found += sizes[axis]
        elif axis.startswith("*"):
            groups = [sizes[name] for name in sorted(_names(axis)) if name in sizes]
            count = min(map(len, groups), default=1)
            found += [_value(_parsed(axis), sizes, settings, k) for k in range(count)]
        else:
            found.append(_value(_parsed(axis), sizes, settings, 0))
    return tuple(found)


@cache
def _parsed(axis: str) -> ast.expr:
    try:
        return ast.parse(axis.removeprefix("*"), mode="eval").body
    except SyntaxError:
        raise AxisError(f"the axis {axis!r} is no expression of axes and settings") from None


@cache
def _names(axis: str) -> set[str]:
    if axis in ("", "..."):
        return {axis} - {""}
    return {node.id for node in ast.walk(_parsed(axis)) if isinstance(node, ast.Name)} - {"len"}


def _value(node: ast.expr, sizes: Sizes, settings: Mapping[str, Any], member: int) -> int:
    """The value of an expression, for one member of the groups in it."""

    def value(part: ast.expr) -> int:
        return _value(part, sizes, settings, member)

    match node:
        case ast.Constant(value=int(number)):
            return int(number)
        case ast.Name(id=name) if name in settings:
            setting = settings[name]
            return int((setting[member] if isinstance(setting, tuple) else setting) or 0)
        case ast.Name(id=name) if name in sizes:
            lengths = sizes[name]
            return lengths[member] if len(lengths) > 1 else lengths[0]
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int(at))):
            setting = settings[name]
            return int(setting[at] if isinstance(setting, tuple) else setting)
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=group)]) if group in sizes:
            return len(sizes[group])
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]) if name in settings:
            return len(settings[name])
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](value(left), value(right))
        case ast.BoolOp(op=ast.Or(), values=values):
            return next((v for v in map(value, values) if v), 0)
    raise AxisError(f"the axis {ast.unparse(node)!r} is no expression of axes and settings")


def with_fixed(argument: Argument, settings: Mapping[str, Any]) -> Argument:
    """The argument with these settings replaced by their values, wherever its axes name them."""
    marks = tuple(
        replace(mark, size=_replaced(mark.size, settings)) if isinstance(mark, Below) else mark
        for mark in argument.marks
    )
    axes = tuple(_replaced(axis, settings) for axis in argument.axes)
    return replace(argument, axes=axes, marks=marks)


def _replaced(axis: str, settings: Mapping[str, Any]) -> str:
    if axis.isidentifier() or not _names(axis) & settings.keys():
        return axis
    star = "*" if axis.startswith("*") else ""
    text = ast.unparse(_Fixed(settings).visit(ast.parse(axis.removeprefix("*"), mode="eval")))
    return star + (f"({text})" if " or " in text else text.replace(" ", ""))


class _Fixed(ast.NodeTransformer):
    """Replaces settings by their values, and computes what then is known."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self.settings.get(node.id, node)
        return ast.Constant(int(value or 0)) if isinstance(value, int | None) else node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.Call(args=[ast.Name(id=name)]) | ast.Subscript(value=ast.Name(id=name)) if (
                name in self.settings
            ):
                return ast.Constant(_value(node, {}, self.settings, 0))
        return super().generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        first, *others = (self.visit(value) for value in node.values)
        if isinstance(first, ast.Constant):
            return first if first.value else others[0]
        return ast.BoolOp(node.op, [first, *others])

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            return ast.Constant(_value(ast.BinOp(left, node.op, right), {}, {}, 0))
        for one, other in ((left, right), (right, left)):
            if isinstance(one, ast.Constant) and (
                (isinstance(node.op, ast.Mult) and one.value == 1)
                or (isinstance(node.op, ast.Add) and one.value == 0)
            ):
                return other
            if isinstance(one, ast.Constant) and isinstance(node.op, ast.Mult) and one.value == 0:
                return ast.Constant(0)
        return ast.BinOp(left, node.op, right)
