"""The statements of a function as steps: which names are computed from which values."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

Values = tuple[ast.expr, ...]


@dataclass(frozen=True)
class Step:
    """A place where names are computed from a value, and the headers of the blocks around it."""

    targets: set[str]
    value: ast.expr
    around: Values


def own(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a function, without those of functions and classes inside it."""
    for statement in body:
        yield statement
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for _, block in blocks(statement):
                yield from own(block)


def parts(returned: list[ast.expr]) -> list[ast.expr]:
    """The results of a function with one return."""
    return returned[0].elts if isinstance(returned[0], ast.Tuple) else returned


def returned_values(body: list[ast.stmt]) -> Iterator[ast.expr]:
    for statement in own(body):
        if isinstance(statement, ast.Return) and statement.value is not None:
            yield statement.value


def blocks(statement: ast.stmt) -> Iterator[tuple[Values, list[ast.stmt]]]:
    """The blocks inside a statement, each with what decides whether, or for what, it is run."""
    match statement:
        case ast.If(test, body, orelse):
            yield (test,), body
            yield (test,), orelse
        case ast.While(test, body, orelse) | ast.For(_, test, body, orelse):
            yield (test, *_endings(body)), body
            yield (test, *_endings(body)), orelse
        case ast.With(_, body):
            yield (), body
        case ast.Try(body, handlers, orelse, finalbody):
            for block in (body, *(handler.body for handler in handlers), orelse, finalbody):
                yield (), block


def _endings(body: list[ast.stmt]) -> Values:
    """The conditions under which a loop with this body ends early."""
    return tuple(test for statement in body for test in _guards(statement))


def _guards(statement: ast.stmt) -> Iterator[ast.expr]:
    """The tests of an `if` with a `break` in it, and of those around it."""
    if not isinstance(statement, ast.If):
        return
    inner = [*statement.body, *statement.orelse]
    tests = [test for each in inner for test in _guards(each)]
    if tests or any(isinstance(each, ast.Break) for each in inner):
        yield from (statement.test, *tests)


def steps_of(body: list[ast.stmt], around: Values) -> Iterator[Step]:
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
            case ast.For(target, values, body):
                yield Step(_bases(target), values, (*around, *_endings(body)))
        for headers, block in blocks(statement):
            yield from steps_of(block, (*around, *headers))


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


def names_in(value: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
