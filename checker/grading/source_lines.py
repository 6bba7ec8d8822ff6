"""Find the line of a submission that a report points to, in the text as it was submitted.

The text is not parsed, because it may be hostile and this code does not run in the sandbox. Regular
expressions find where a function begins and what it returns. If they are not conclusive, the line
is that of the `def`.
"""

import re
from dataclasses import dataclass

from checker.cases.judge import Judgement
from checker.grading.report import Line
from checker.sandbox import notebook_cells
from checker.sandbox.plain_text import clean

# Strings and comments, triple quotes first. Their contents are not code.
STRINGS_AND_COMMENTS = re.compile(
    r'("""|\'\'\')[\s\S]*?\1|#[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)
RETURNED_NAMES = re.compile(r"\(?\s*((?:[A-Za-z_]\w*\s*,\s*)*[A-Za-z_]\w*)\s*\)?\s*$")


@dataclass(frozen=True)
class Text:
    """The code of a submission: the code cells of a notebook, or a single cell, or none."""

    cells: list[str]
    notebook: bool = False

    @property
    def code(self) -> str:
        return "\n".join(self.cells)

    def place(self, number: int) -> str:
        """A line number in words; in a notebook, the number in its code cell."""
        return notebook_cells.spoken(self.cells, number) if self.notebook else f"line {number}"

    def shown(self, number: int) -> Line | None:
        """A line as it is shown in a report."""
        if number < 1 or not self.cells:
            return None
        lines = self.code.split("\n")
        cell, line = notebook_cells.place(self.cells, number)
        text = clean(lines[number - 1]) if number <= len(lines) else ""
        return {"cell": cell if self.notebook else None, "number": line, "text": text}


NO_LINES = Text([])


def read(filename: str, data: bytes) -> Text:
    """The code of a submission, without cells if it cannot be read."""
    try:
        text = data.decode("utf-8-sig")
        if filename.endswith(".ipynb"):
            return Text(notebook_cells.cells(text), notebook=True)
    except ValueError:
        return NO_LINES
    return Text(["\n".join(re.split("\r\n?|\n", text))])


def definition(text: Text, function: str) -> int:
    """The number of the line where a function is last defined, or 0."""
    lines = _code(text)
    begins = re.compile(rf"(?:async\s+)?def\s+{re.escape(function)}\b|{re.escape(function)}\s*=")
    numbers = [number for number, line in enumerate(lines, 1) if begins.match(line)]
    return numbers[-1] if numbers else 0


def origin(text: Text, function: str, result: int = 0) -> int:
    """The number of the line that computes a result.

    If a function has a single `return`, it is this line, or the line of the only assignment to the
    variable that it returns. Otherwise it is the line of the `def`.
    """
    first = definition(text, function)
    body = _body(_code(text), first) if first else {}
    returns = [number for number, line in body.items() if re.match(r"\s+return\b", line)]
    if len(returns) != 1:
        return first
    names = RETURNED_NAMES.match(body[returns[0]].strip().removeprefix("return"))
    variables = re.split(r"\s*,\s*", names[1]) if names else []
    if result >= len(variables):
        return returns[0]
    computed = [number for number, line in body.items() if variables[result] in _assigned(line)]
    return computed[0] if len(computed) == 1 else returns[0]


def blamed(text: Text, function: str, judgement: Judgement) -> int:
    """The number of the line that raised an exception, or that computes the first wrong result."""
    if judgement.verdict == "wrong" and not judgement.line:
        return origin(text, function, judgement.right.index(False))
    return judgement.line or definition(text, function)


def _assigned(line: str) -> list[str]:
    """The names that a line assigns to."""
    target, _, value = line.partition("=")
    if not value or value.startswith("=") or target.endswith(("!", "<", ">")) or "(" in target:
        return []
    return re.findall(r"[A-Za-z_]\w*", re.split(r"[\[:]", target)[0])


def _code(text: Text) -> list[str]:
    """The lines of code, with strings and comments replaced."""
    return STRINGS_AND_COMMENTS.sub(
        lambda match: "''" + "\n" * match[0].count("\n"), text.code
    ).split("\n")


def _body(lines: list[str], first: int) -> dict[int, str]:
    """The lines of a function by number, without those of functions and classes inside it."""
    body: dict[int, str] = {}
    inner: int | None = None  # the indentation of a function or class inside, which is skipped
    for number, line in enumerate(lines[first:], first + 1):
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            continue
        if not indent and line[0] not in ")]}":
            break
        if inner is None or indent <= inner:
            inner = indent if re.match(r"\s+(async\s+)?def\b|\s+class\b", line) else None
            body[number] = line
    return body
