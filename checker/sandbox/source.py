"""Run a submitted file and keep as many of its definitions as possible.

If a statement fails, only that statement and what depends on it are lost. If the file does not
parse, each top-level block that parses on its own is kept. This module runs in the worker only,
because even parsing a submission can kill the process.
"""

import ast
import builtins
import keyword
import re
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.sandbox import asked_outline, definitions, encoding, notebook_cells
from checker.sandbox.outline import Outline, outlines
from checker.sandbox.unfinished import unfinished

BLANKS = r"[ \t]+"  # and no newlines, which would be scanned again from each of them
PYTHON_2 = re.compile(
    rf"(?m)^[ \t]*(print{BLANKS}[^\s(=]|except{BLANKS}\w+[ \t]*,[ \t]*\w+[ \t]*:"
    rf"|raise{BLANKS}\w+[ \t]*,|exec{BLANKS}[\"'])"
)
NO_TEXT = "this is not text: it has zero bytes. Submit the .py file itself."
ImportFunction = Callable[..., Any]  # replaces `__import__`
NAMED = re.compile(r"[ \t]{0,99}([a-z]{2,9})[ \t]{0,9}=(?!=)")  # a name that gets a value
BESIDE = re.compile(r"(on|at) line (\d{1,9})")  # in what Python says of an error in another line
DEFINED_NAME = re.compile(r"(?:def|class)\s+(\w+)")


@dataclass
class Loaded:
    """The result of running a file: its names, its unfinished functions, and what failed.

    `broken` says why a name is not defined, "*" if a star import failed. `lines` are those that ask
    for several functions together, by the names of their tasks.
    """

    names: dict[str, Any] = field(default_factory=dict)
    stubs: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # first lines of the cells of a notebook
    lines: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def asked(self, function: str) -> Callable[..., Any]:
        """The lines of a task of this name, or the function."""
        return self.lines.get(function) or self.names[function]

    def place(self, line: int) -> str:
        """Describe a line of the code in words, by its cell if the file is a notebook."""
        return notebook_cells.spoken(self.starts, line) if self.starts else f"line {line}"


class UnreadableError(ValueError):
    """The file cannot be read as Python at all."""


def load(
    filename: str,
    data: bytes,
    module: types.ModuleType | None = None,
    bare: bool = False,
    import_function: ImportFunction | None = None,
) -> Loaded:
    """Run a file statement by statement. With `bare`, only its definitions are run.

    The names are defined in `module`, or in a new one. `import_function`, if given, replaces
    `__import__` for the file's own import statements. Raises UnreadableError if the file is not
    Python at all.
    """
    loaded = Loaded()
    statements = _statements(filename, data, loaded)
    if bare:
        statements = [s for s in statements if definitions.defines(s)]
    module = module or _module(filename)
    loaded.names = module.__dict__
    if import_function is not None:  # the packages that the file imports keep the normal one
        loaded.names["__builtins__"] = {**vars(builtins), "__import__": import_function}
    for statement in statements:
        _run(statement, filename, loaded)
    loaded.stubs = [name for name, each in _functions(statements) if unfinished(each)]
    return loaded


def _functions(statements: list[ast.stmt]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions that remain of a file by name, and the methods of classes as Class.method."""
    last = {s.name: s for s in statements if isinstance(s, ast.FunctionDef | ast.ClassDef)}
    for name, statement in last.items():
        if isinstance(statement, ast.FunctionDef):
            yield name, statement
            continue
        for inner in statement.body:
            if isinstance(inner, ast.FunctionDef):
                yield f"{name}.{inner.name}", inner


def outlined(
    filename: str, data: bytes, asked: Sequence[asked_outline.Asked] = ()
) -> dict[str, Outline]:
    """The outline of each function of a file, which is not run. Empty if it is not Python.

    `asked` are tasks that ask by several lines, whose outlines take the place of a function's.
    """
    try:
        statements = _statements(filename, data, Loaded())
        return outlines(statements) | asked_outline.outlines(statements, asked)
    except (UnreadableError, RecursionError):  # an expression may be very deep
        return {}


def _statements(filename: str, data: bytes, loaded: Loaded) -> list[ast.stmt]:
    text = _text(data)
    if filename.lower().endswith(".ipynb"):
        try:
            cells = notebook_cells.cells(text)
        except ValueError as error:
            raise UnreadableError(str(error)) from error
        loaded.starts, text = notebook_cells.starts(cells), "\n".join(cells)
    return _parse(text, filename, loaded)


def _module(filename: str) -> types.ModuleType:
    module = types.ModuleType("submission")
    module.__file__, module.__package__ = filename, module.__name__
    return module


def _text(data: bytes) -> str:
    try:
        text = encoding.text(data)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        words = f"line {line} is not UTF-8 text. Save the file with the encoding UTF-8."
        raise UnreadableError(NO_TEXT if b"\0" in data else words) from error
    if "\0" in text:
        raise UnreadableError(NO_TEXT)
    return text


def _parse(text: str, filename: str, loaded: Loaded) -> list[ast.stmt]:
    """Parse the text, or each top-level block on its own if the whole does not parse."""
    try:
        return ast.parse(text, filename).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        loaded.notes.append(_explain(error, text, loaded))
    statements: list[ast.stmt] = []
    for first, block in _blocks(text):
        try:
            tree = ast.parse(block, filename)
            statements += ast.increment_lineno(tree, first - 1).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            if isinstance(error, SyntaxError):
                error.lineno = (error.lineno or 1) + first - 1
                error.msg = _moved(error.msg, first - 1)
            for name in DEFINED_NAME.findall(block)[:1]:
                loaded.broken[name] = _explain(error, block, loaded)
    return statements


def _moved(words: str, lines: int) -> str:
    """What Python says of an error in a block, with the number of its line in the file."""
    return BESIDE.sub(lambda found: f"{found[1]} line {int(found[2]) + lines}", words)


def _blocks(text: str) -> list[tuple[int, str]]:
    """Split the text at lines that are not indented. Return each block with its first line."""
    blocks: list[tuple[int, list[str]]] = []
    after_decorator = False
    for number, line in enumerate(text.split("\n"), 1):
        starts = bool(line.strip()) and line[0] not in " \t#)]}" and not after_decorator
        if starts or not blocks:
            blocks.append((number, []))
        blocks[-1][1].append(line)
        after_decorator = line.startswith("@")
    return [(number, "\n".join(lines)) for number, lines in blocks]


def _explain(error: Exception, text: str, loaded: Loaded) -> str:
    if PYTHON_2.search(text):
        return "this is Python 2 code. Write it in Python 3: print(x) instead of print x"
    if isinstance(error, SyntaxError):
        said = BESIDE.sub(lambda found: f"{found[1]} {loaded.place(int(found[2]))}", error.msg)
        return f"{loaded.place(error.lineno or 1)}: {said}{_meaning(error)}"
    return f"cannot be parsed: {type(error).__name__}"


def _meaning(error: SyntaxError) -> str:
    """What a syntax error means, where Python does not say it in a beginner's words."""
    if "unindent does not match" in error.msg:
        return ": no line above it is indented by as many spaces"
    if "inconsistent use of tabs" in error.msg:
        return ": use spaces only"
    name = NAMED.match(error.text or "")
    if name and keyword.iskeyword(name[1]):
        return f": {name[1]} is a word of Python and can be no name"
    return ""


def _run(statement: ast.stmt, filename: str, loaded: Loaded) -> None:
    try:
        code = compile(ast.Module([statement], []), filename, "exec")
        exec(code, loaded.names)
    except BaseException as error:  # sys.exit and KeyboardInterrupt end this statement only
        words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        loaded.notes.append(f"{loaded.place(statement.lineno)}: {words}")
        loaded.broken |= dict.fromkeys(definitions.defined_names(statement), loaded.notes[-1])
