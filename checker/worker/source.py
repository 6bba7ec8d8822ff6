"""From the bytes a student handed in to a namespace, saving whatever can be saved.

A statement that fails costs itself and what depends on it, not the file. Where the file as a whole
does not parse, each top-level block that parses by itself is kept. Runs in the worker only: even
parsing is left to the process that may be killed.
"""

import ast
import builtins
import re
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checker.worker import cells, definitions

PYTHON_2 = re.compile(
    r"(?m)^\s*(print\s+[^\s(=]|except\s+\w+\s*,\s*\w+\s*:|raise\s+\w+\s*,|exec\s+[\"'])"
)
UNFINISHED = {"NotImplementedError", "NotImplemented"}
Importing = Callable[..., Any]  # what `import` calls
NAME = re.compile(r"(?:def|class)\s+(\w+)")


@dataclass
class Loaded:
    """What came of a file: its names, the functions left unfinished, and what went wrong where."""

    names: dict[str, Any] = field(default_factory=dict)
    stubs: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)  # a definition that does not parse
    notes: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)  # of a notebook

    def place(self, line: int) -> str:
        return cells.spoken(self.cells, line) if self.cells else f"line {line}"


class UnreadableError(ValueError):
    """Not a Python file, whatever is done to it."""


def load(
    filename: str,
    data: bytes,
    module: types.ModuleType | None = None,
    bare: bool = False,
    importing: Importing | None = None,
) -> Loaded:
    """Run a file statement by statement, `bare` of all but its definitions.

    `importing` does what its import statements do. Raises UnreadableError where there is nothing to
    run.
    """
    loaded = Loaded()
    text = _text(data)
    if filename.endswith(".ipynb"):
        try:
            loaded.cells = cells.cells(text)
        except ValueError as error:
            raise UnreadableError(str(error)) from error
        text = "\n".join(loaded.cells)
    statements = _parse(text, filename, loaded)
    if bare:
        statements = [s for s in statements if definitions.defines(s)]
    module = module or _module(filename)
    loaded.names = module.__dict__
    if importing is not None:  # which the packages that it imports do not see
        loaded.names["__builtins__"] = {**vars(builtins), "__import__": importing}
    for statement in statements:
        _run(statement, filename, loaded)
    last = {s.name: s for s in statements if isinstance(s, ast.FunctionDef)}
    loaded.stubs = [name for name, function in last.items() if _unfinished(function)]
    return loaded


def _module(filename: str) -> types.ModuleType:
    module = types.ModuleType("submission")
    module.__file__, module.__package__ = filename, module.__name__
    return module


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise UnreadableError("this is not text: it has zero bytes. Hand in the .py file itself.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(
            f"line {line} is not UTF-8 text. Save the file with the encoding UTF-8."
        ) from error


def _parse(text: str, filename: str, loaded: Loaded) -> list[ast.stmt]:
    try:
        return ast.parse(text, filename).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        loaded.notes.append(_explain(error, text, loaded))
    statements: list[ast.stmt] = []
    for first, block in _blocks(text):
        try:
            # Blank lines in front keep the line numbers of the file.
            statements += ast.parse("\n" * (first - 1) + block, filename).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            for name in NAME.findall(block)[:1]:
                loaded.broken[name] = _explain(error, block, loaded)
    return statements


def _blocks(text: str) -> list[tuple[int, str]]:
    """Top-level blocks with their first lines: each starts where a line is not indented."""
    blocks: list[tuple[int, list[str]]] = []
    decorated = False
    for number, line in enumerate(text.splitlines(), 1):
        starts = bool(line.strip()) and line[0] not in " \t#)]}" and not decorated
        if starts or not blocks:
            blocks.append((number, []))
        blocks[-1][1].append(line)
        decorated = line.startswith("@")
    return [(number, "\n".join(lines)) for number, lines in blocks]


def _explain(error: Exception, text: str, loaded: Loaded) -> str:
    if PYTHON_2.search(text):
        return "this is Python 2, and Python 3 is needed: print(x) instead of print x"
    if isinstance(error, SyntaxError):
        return f"{loaded.place(error.lineno or 1)}: {error.msg}"
    return f"cannot be parsed: {type(error).__name__}"


def _run(statement: ast.stmt, filename: str, loaded: Loaded) -> None:
    try:
        code = compile(ast.Module([statement], []), filename, "exec")
        exec(code, loaded.names)
    except BaseException as error:  # sys.exit and KeyboardInterrupt end the statement, not the run
        words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        loaded.notes.append(f"{loaded.place(statement.lineno)}: {words}")
        for name in (getattr(statement, "name", None),):
            if isinstance(name, str):
                loaded.broken[name] = loaded.notes[-1]


def _unfinished(function: ast.FunctionDef) -> bool:
    """Nothing but a docstring, pass, ..., return None or raise NotImplementedError."""
    return all(_does_nothing(statement) for statement in function.body)


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()) | ast.Return(None | ast.Constant(None)):
            return True
        case ast.Raise(ast.Name(name) | ast.Call(ast.Name(name))):
            return name in UNFINISHED
    return False
