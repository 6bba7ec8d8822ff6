"""What a function depends on: its own statement, and those of its file that bind what it uses.

The text is parsed and not run. It is the student's own, on their own machine: a class is graded
without this. Whoever reaches for names by `eval` or `globals` depends on everything.
"""

import ast
import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

DYNAMIC = {"eval", "exec", "globals", "locals", "vars"}


class UnreadableError(ValueError):
    """The text is no Python, or not yet; where, and why."""


@dataclass(frozen=True)
class Reach:
    """The code that a function depends on, where it stands, and the names that it binds."""

    code: tuple[str, ...]
    lines: tuple[int, ...]
    names: frozenset[str]


@dataclass(frozen=True)
class _Statement:
    code: str
    line: int
    binds: frozenset[str]
    uses: frozenset[str]
    node: ast.stmt = field(compare=False)


def reaches(text: str, functions: Iterable[str]) -> dict[str, Reach]:
    """The reach of each function. One that is not there depends on which others are."""
    statements = _statements(text)
    there = sorted({name for statement in statements for name in statement.binds})
    return {
        name: _reach(name, statements) if name in there else Reach(tuple(there), (), frozenset())
        for name in functions
    }


def needed(cells: Iterable[str], functions: Iterable[str]) -> str:
    """Of the cells of a notebook, as they were run: what binds these functions and what they use.

    What only shows or tries something is left out, and so is a cell that is no Python.
    """
    statements = [statement for cell in cells for statement in _cell(cell)]
    found = _closure(set(functions), [each for each in statements if each.binds])
    return "\n".join(ast.unparse(statement.node) for statement in found)


def _reach(function: str, statements: list[_Statement]) -> Reach:
    found = _closure({function}, statements)
    return Reach(
        tuple(s.code for s in found),
        tuple(s.line for s in found),
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


def _cell(text: str) -> Iterator[_Statement]:
    """Of a cell with a magic, which Jupyter keeps as the text of a call, what stands below it."""
    with contextlib.suppress(UnreadableError):
        for statement in _statements(text):
            match statement.node:
                case ast.Expr(
                    ast.Call(ast.Attribute(attr="run_cell_magic"), [_, _, ast.Constant(str(below))])
                ):
                    yield from _cell(below)
                case _:
                    yield statement


def _statements(text: str) -> list[_Statement]:
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise UnreadableError(f"line {error.lineno}: {error.msg}.") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}.") from error
    return [_statement(each) for each in body if not _is_text(each)]


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
    return _Statement(ast.dump(statement), statement.lineno, known, uses, statement)


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=other):
            return [other or name.partition(".")[0]]
    return []
