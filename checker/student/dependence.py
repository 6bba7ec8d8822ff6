"""The code that a function depends on: its statement, and those that bind the names it uses.

The file is parsed and not run. This is only used for a student's own file on their own machine, and
never to grade a class. A function that looks up names by `eval` or `globals` depends on everything.
"""

import ast
import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

DYNAMIC_LOOKUPS = {"eval", "exec", "globals", "locals", "vars"}


class UnreadableError(ValueError):
    """The text is not valid Python. The message says where and why."""


@dataclass(frozen=True)
class Reach:
    """The code that a function depends on, its lines, and the names that it binds."""

    code: tuple[str, ...]
    lines: tuple[range, ...]
    names: frozenset[str]


@dataclass(frozen=True)
class _Statement:
    code: str
    lines: range
    binds: frozenset[str]
    uses: frozenset[str]
    defines: bool  # a name at all; those of `import *` are unknown, and not in `binds`
    function: str  # the function that it defines, or nothing
    cell: int = 0


def reaches(text: str, functions: Mapping[str, Collection[str]]) -> dict[str, Reach]:
    """The reach of the functions of each task.

    A task of which the file does not define a function depends on the names that are defined,
    because the report on it suggests one of them.
    """
    statements = _statements(text)
    defined = sorted({name for statement in statements for name in statement.binds})
    return {
        task: _reach(names, statements)
        if set(names) <= set(defined)
        else Reach(tuple(defined), (), frozenset())
        for task, names in functions.items()
    }


def needed(cells: Sequence[str], functions: Iterable[str]) -> list[str]:
    """The cells of a notebook, as they were run, reduced to the lines that these functions need.

    The other lines are blank, so that line numbers do not change. This leaves out code that only
    displays or tries something.
    """
    texts = list(map(_without_magic, cells))
    statements = [s for number, text in enumerate(texts) for s in _cell(number, text)]
    required = _closure(set(functions), [s for s in statements if s.defines])
    kept = {(s.cell, line) for s in required for line in s.lines}
    return [
        "\n".join(
            line if (number, count) in kept else ""
            for count, line in enumerate(text.split("\n"), 1)
        )
        for number, text in enumerate(texts)
    ]


def meaning(cells: Sequence[str], functions: Iterable[str]) -> list[str]:
    """The statements that these functions need, without those that a later one replaces.

    A notebook and the cells that were run of it have the same, if nothing was changed since.
    """
    found = [s for cell in cells for s in _cell(0, _without_magic(cell)) if s.defines]
    last = {s.function or s.code: s for s in found}
    return sorted(s.code for s in _closure(set(functions), list(last.values())))


def _reach(functions: Collection[str], statements: list[_Statement]) -> Reach:
    required = _closure(set(functions), statements)
    return Reach(
        tuple(s.code for s in required),
        tuple(s.lines for s in required),
        frozenset(name for s in required for name in s.binds),
    )


def _closure(wanted: set[str], statements: list[_Statement]) -> list[_Statement]:
    """The statements that the wanted names depend on, in their order.

    These are the statements that bind a wanted name or no name at all, and in turn those that bind
    a name that these use.
    """
    required = set[_Statement]()
    while True:
        everything = bool(wanted & DYNAMIC_LOOKUPS)
        more = {s for s in statements if everything or not s.binds or s.binds & wanted} - required
        if not more:
            return [statement for statement in statements if statement in required]
        required |= more
        wanted = wanted | {name for statement in more for name in statement.uses}


def _cell(number: int, text: str) -> list[_Statement]:
    """The statements of a cell, or none if it is not valid Python."""
    with contextlib.suppress(UnreadableError):
        return [replace(statement, cell=number) for statement in _statements(text)]
    return []


def _without_magic(cell: str) -> str:
    """The code below a cell magic. Jupyter stores it as a string, in the call of the magic."""
    with contextlib.suppress(UnreadableError):
        match _parsed(cell):
            case [
                ast.Expr(
                    ast.Call(ast.Attribute(attr="run_cell_magic"), [_, _, ast.Constant(str(below))])
                )
            ]:
                return "\n" + below
    return cell


def _statements(text: str) -> list[_Statement]:
    return [_statement(node) for node in _parsed(text) if not _is_text(node)]


def _parsed(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except SyntaxError as error:
        raise UnreadableError(f"line {error.lineno}: {error.msg}.") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}.") from error


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _statement(statement: ast.stmt) -> _Statement:
    inside = list(ast.walk(statement))
    binds = {name for node in inside if isinstance(node, ast.Global) for name in node.names}
    function = ""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        function = statement.name
        binds.add(function)
    else:
        binds |= {name for node in inside for name in _bound(node)}
    uses = frozenset(node.id for node in inside if isinstance(node, ast.Name))
    known = frozenset() if "*" in binds else frozenset(binds)
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(node.lineno for node in decorators)])
    lines = range(first, (statement.end_lineno or first) + 1)
    return _Statement(ast.dump(statement), lines, known, uses, bool(binds), function)


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=other):
            return [other or name.partition(".")[0]]
    return []
