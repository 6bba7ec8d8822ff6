"""What a function depends on: its own statement, and those of its file that bind what it uses.

The text is parsed and not run. It is the student's own, on their own machine: a class is graded
without this. Whoever reaches for names by `eval` or `globals` depends on everything.
"""

import ast
import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

DYNAMIC = {"eval", "exec", "globals", "locals", "vars"}


class UnreadableError(ValueError):
    """The text is no Python, or not yet; where, and why."""


@dataclass(frozen=True)
class Reach:
    """The code that a function depends on, the lines it stands on, and the names that it binds."""

    code: tuple[str, ...]
    lines: tuple[range, ...]
    names: frozenset[str]


@dataclass(frozen=True)
class _Statement:
    code: str
    lines: range
    binds: frozenset[str]
    uses: frozenset[str]
    cell: int = 0


def reaches(text: str, functions: Iterable[str]) -> dict[str, Reach]:
    """The reach of each function. One that is not there depends on which others are."""
    statements = _statements(text)
    there = sorted({name for statement in statements for name in statement.binds})
    return {
        name: _reach(name, statements) if name in there else Reach(tuple(there), (), frozenset())
        for name in functions
    }


def needed(cells: Sequence[str], functions: Iterable[str]) -> list[str]:
    """The cells of a notebook, as they were run, with blanks for what these functions do not need.

    So what only shows or tries something is left out, and a line keeps its number.
    """
    texts = list(map(_below_magic, cells))
    statements = [each for number, text in enumerate(texts) for each in _cell(number, text)]
    found = _closure(set(functions), [each for each in statements if each.binds])
    kept = {(each.cell, line) for each in found for line in each.lines}
    return [
        "\n".join(
            line if (number, count) in kept else ""
            for count, line in enumerate(text.split("\n"), 1)
        )
        for number, text in enumerate(texts)
    ]


def _reach(function: str, statements: list[_Statement]) -> Reach:
    found = _closure({function}, statements)
    return Reach(
        tuple(s.code for s in found),
        tuple(s.lines for s in found),
        frozenset(name for s in found for name in s.binds),
    )


def _closure(wanted: set[str], statements: list[_Statement]) -> list[_Statement]:
    """Those that bind what is wanted, or nothing, and those that bind what these use, in order."""
    found = set[_Statement]()
    while True:
        everything = bool(wanted & DYNAMIC)
        more = {s for s in statements if everything or not s.binds or s.binds & wanted} - found
        if not more:
            return [statement for statement in statements if statement in found]
        found |= more
        wanted = wanted | {name for statement in more for name in statement.uses}


def _cell(number: int, text: str) -> list[_Statement]:
    """Nothing of a cell that is no Python."""
    with contextlib.suppress(UnreadableError):
        return [replace(statement, cell=number) for statement in _statements(text)]
    return []


def _below_magic(cell: str) -> str:
    """What stands below a magic in the first line, which Jupyter keeps as the text of a call."""
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
    return [_statement(each) for each in _parsed(text) if not _is_text(each)]


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
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        binds.add(statement.name)
    else:
        binds |= {name for node in inside for name in _bound(node)}
    uses = frozenset(node.id for node in inside if isinstance(node, ast.Name))
    # Nobody knows what a star brings: as if it bound nothing, everything depends on it.
    known = frozenset() if "*" in binds else frozenset(binds)
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(each.lineno for each in decorators)])
    lines = range(first, (statement.end_lineno or first) + 1)
    return _Statement(ast.dump(statement), lines, known, uses)


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=other):
            return [other or name.partition(".")[0]]
    return []
