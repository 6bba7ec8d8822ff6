"""Where the functions of a file compute each result, write into an argument, and repeat.

This runs in the worker only, because even parsing a submission can kill the process.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from checker.sandbox import argument_writes

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Place = tuple[int, int]  # a line and a column
Values = tuple[ast.expr, ...]

# Calls that allocate, and those that copy or convert: a wrong value does not begin there.
ALLOCATIONS = {"zeros", "zeros_like", "ones", "ones_like", "empty", "empty_like"}
CONVERSIONS = {"array", "asarray", "copy", "deepcopy", "astype", "list", "float"} | ALLOCATIONS


@dataclass
class Outline:
    """The places behind each result, the lines that write into an argument, and the loops.

    If a function has several returns, there is one list of places for all results. `writes` has
    pairs of a line and the number of the argument. `loops` has pairs of a line and whether the loop
    is a `while`.
    """

    results: list[list[Place]] = field(default_factory=list)
    writes: list[tuple[int, int]] = field(default_factory=list)
    loops: list[tuple[int, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A place where names are computed from a value, and the headers of the blocks around it."""

    targets: set[str]
    value: ast.expr
    around: Values


def outlines(statements: list[ast.stmt]) -> dict[str, Outline]:
    """The outline of each function of a file."""
    functions: dict[str, Function] = {}
    for statement in statements:
        match statement:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                functions[name] = statement
            case ast.Assign([ast.Name(name)], ast.Lambda() as function):
                functions[name] = function
    reader = _Reader(functions)
    return {name: reader.outline(name) for name in functions}


class _Reader:
    """Reads each function once. A recursive call adds nothing."""

    def __init__(self, functions: dict[str, Function]) -> None:
        self._functions = functions
        self._known: dict[str, Outline] = {}

    def outline(self, name: str) -> Outline:
        if name not in self._known:
            self._known[name] = Outline()  # for calls of itself
            function = self._functions[name]
            if isinstance(function, ast.Lambda):
                steps, returned, body = [], [function.body], []
            else:
                body = function.body
                steps, returned = list(_steps(body, ())), list(_returned(body))
            self._known[name] = Outline(
                self._results(returned, steps),
                list(argument_writes.lines(function, self._writes_of)),
                list(self._loops(body)),
            )
        return self._known[name]

    def _writes_of(self, name: str) -> list[tuple[int, int]]:
        return self.outline(name).writes if name in self._functions else []

    def _results(self, returned: list[ast.expr], steps: list[Step]) -> list[list[Place]]:
        if len(returned) == 1:
            (value,) = returned
            parts = value.elts if isinstance(value, ast.Tuple) else [value]
            return [sorted(self._behind((part,), steps)) for part in parts]
        return [sorted(self._behind(tuple(returned), steps))]

    def _behind(self, values: Values, steps: list[Step]) -> set[Place]:
        """The places where these values are computed, directly or by way of other names."""
        places = set(chain.from_iterable(map(self._computing, values)))
        places |= {(value.lineno, value.col_offset) for value in values if _is_made_here(value)}
        names = set(chain.from_iterable(map(_names, values)))
        while used := [step for step in steps if step.targets & names]:
            steps = [step for step in steps if not step.targets & names]
            for value in chain.from_iterable((step.value, *step.around) for step in used):
                places |= self._computing(value)
                names |= _names(value)
        return places

    def _computing(self, value: ast.expr) -> set[Place]:
        """The place of a value, and those inside the functions of the file that it calls."""
        own = self._functions_in(value)
        places = {place for name in own for row in self.outline(name).results for place in row}
        if _is_plain(value) or (isinstance(value, ast.Call) and _passes_names(value, own)):
            return places
        return {(value.lineno, value.col_offset), *places}

    def _loops(self, body: list[ast.stmt]) -> Iterator[tuple[int, bool]]:
        for statement in _own(body):
            if isinstance(statement, ast.For | ast.While):
                yield statement.lineno, isinstance(statement, ast.While)
        for statement in body:
            for name in self._functions_in(statement):
                yield from self.outline(name).loops

    def _functions_in(self, node: ast.AST) -> list[str]:
        """The functions of the file that are called in a node."""
        calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
        names = dict.fromkeys(func.id for func in calls if isinstance(func, ast.Name))
        return [name for name in names if name in self._functions]


def _own(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a function, without those of functions and classes inside it."""
    for statement in body:
        yield statement
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for _, block in _blocks(statement):
                yield from _own(block)


def _returned(body: list[ast.stmt]) -> Iterator[ast.expr]:
    for statement in _own(body):
        if isinstance(statement, ast.Return) and statement.value is not None:
            yield statement.value


def _blocks(statement: ast.stmt) -> Iterator[tuple[Values, list[ast.stmt]]]:
    """The blocks inside a statement, each with what decides whether, or for what, it is run."""
    match statement:
        case ast.If(test, body, orelse) | ast.While(test, body, orelse):
            yield (test,), body
            yield (test,), orelse
        case ast.For(_, values, body, orelse):
            yield (values,), body
            yield (values,), orelse
        case ast.With(_, body):
            yield (), body
        case ast.Try(body, handlers, orelse, finalbody):
            for block in (body, *(handler.body for handler in handlers), orelse, finalbody):
                yield (), block


def _steps(body: list[ast.stmt], around: Values) -> Iterator[Step]:
    for statement in body:
        match statement:
            case ast.Assign(targets, value):
                for target in targets:
                    yield from _assigned(target, value, around)
            case ast.AugAssign(target, _, value):
                yield Step(_bases(target), value, (*around, *_indices(target)))
            case ast.AnnAssign(target, _, ast.expr() as value):
                yield from _assigned(target, value, around)
            case ast.Expr(ast.Call() as call):
                yield Step(_written(call), call, around)
            case ast.For(target, values):
                yield Step(_bases(target), values, around)
        for headers, block in _blocks(statement):
            yield from _steps(block, (*around, *headers))


def _assigned(target: ast.expr, value: ast.expr, around: Values) -> Iterator[Step]:
    """One step for each name, where as many values stand on the right as names on the left."""
    match target, value:
        case ast.Tuple(parts), ast.Tuple(values) if len(parts) == len(values):
            for part, own in zip(parts, values, strict=True):
                yield from _assigned(part, own, around)
        case _:
            yield Step(_bases(target), value, (*around, *_indices(target)))


def _bases(target: ast.expr) -> set[str]:
    """The names that an assignment changes: x for x, x[i] and x.flat[i]."""
    if isinstance(target, ast.Tuple | ast.List):
        return set().union(*map(_bases, target.elts))
    while isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
        target = target.value
    return {target.id} if isinstance(target, ast.Name) else set()


def _indices(target: ast.expr) -> Values:
    return (target.slice,) if isinstance(target, ast.Subscript) else ()


def _written(call: ast.Call) -> set[str]:
    """The names that a call by itself may change: its object, its first argument, its `out`."""
    changed = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "out")]
    if isinstance(call.func, ast.Attribute):
        changed.append(call.func.value)
    return set().union(*map(_bases, changed))


def _names(value: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}


def _called(value: ast.AST) -> str:
    """The name of the function or method that a call calls."""
    match value:
        case ast.Call(ast.Name(name)) | ast.Call(ast.Attribute(attr=name)):
            return name
    return ""


def _passes_names(call: ast.Call, functions: list[str]) -> bool:
    """Whether a call only passes names on to one of these functions."""
    own = isinstance(call.func, ast.Name) and call.func.id in functions
    return own and all(isinstance(argument, ast.Name) for argument in call.args)


def _is_made_here(value: ast.expr) -> bool:
    """Whether a value is returned without being computed from anything."""
    return isinstance(value, ast.Constant) or _called(value) in ALLOCATIONS


def _is_plain(value: ast.expr) -> bool:
    """Whether a value is a name, a constant, a shape, a slice of them, or only converted."""
    match value:
        case ast.Name() | ast.Constant() | ast.Slice():
            return True
        case ast.Tuple(parts) | ast.List(parts):
            return all(map(_is_plain, parts))
        case ast.Attribute(inner, name):
            return name == "shape" and _is_plain(inner)
        case ast.Call(ast.Attribute(inner), arguments) if _called(value) in CONVERSIONS:
            return all(map(_is_plain, (inner, *arguments)))
        case ast.Call(ast.Name(), arguments) if _called(value) in CONVERSIONS:
            return all(map(_is_plain, arguments))
    return False
