"""Find the line of a submission that a report points to, in the text as it was submitted.

The text is not parsed, because it may be hostile and this code does not run in the sandbox. The
worker sends an outline of each function. If that leaves two lines to blame, none is.
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from checker.cases.judge import Judgement
from checker.grading.report import Line
from checker.sandbox import encoding, notebook_cells
from checker.sandbox.plain_text import clean

# Strings and comments, triple quotes first. Their contents are not code.
STRINGS_AND_COMMENTS = re.compile(
    r'("""|\'\'\')[\s\S]*?\1|#[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)


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


class Outline(NamedTuple):
    """Where a function computes its results, writes into arguments, and repeats.

    The places behind each result are pairs of a line and a column, the writes pairs of a line and
    the number of an argument, the loops pairs of a line and whether it is a `while`.
    """

    results: list[list[tuple[int, int]]]
    writes: list[tuple[int, int]]
    loops: list[tuple[int, int]]


def read(filename: str, data: bytes) -> Text:
    """The code of a submission, without cells if it cannot be read."""
    try:
        text = encoding.text(data)
        if filename.lower().endswith(".ipynb"):
            return Text(notebook_cells.cells(text), notebook=True)
    except ValueError:
        return NO_LINES
    return Text([text])


def definition(text: Text, function: str) -> int:
    """The number of the line where a function is last defined, or 0."""
    lines = _code(text)
    begins = re.compile(rf"(?:async\s+)?def\s+{re.escape(function)}\b|{re.escape(function)}\s*=")
    numbers = [number for number, line in enumerate(lines, 1) if begins.match(line)]
    return numbers[-1] if numbers else 0


def surroundings(text: Text, function: str) -> str:
    """The first line of the innermost statement around the last indented `def` of a function."""
    lines = _code(text)
    begins = re.compile(rf"(\s+)(?:async\s+)?def\s+{re.escape(function)}\b")
    found = [(at, match) for at, line in enumerate(lines) if (match := begins.match(line))]
    if not found:
        return ""
    at, match = found[-1]
    outer = (line for line in reversed(lines[:at]) if line.strip() and _indent(line) < match.end(1))
    return clean(text.code.split("\n")[lines.index(header)]) if (header := next(outer, "")) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def outline(received: list[Any], function: str) -> Outline:
    """The outline of a function among those that a worker sent, which are not trusted."""
    for name, results, writes, loops in (each for each in received if _has_parts(each, 4)):
        if name == function:
            rows = results if isinstance(results, list) else []
            return Outline([_pairs(row) for row in rows], _pairs(writes), _pairs(loops))
    return Outline([], [], [])


def _has_parts(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count


def _pairs(value: Any) -> list[tuple[int, int]]:
    pairs = value if isinstance(value, list) else []
    return [
        (a, b)
        for a, b in (pair for pair in pairs if _has_parts(pair, 2))
        if isinstance(a, int) and isinstance(b, int)
    ]


def blamed(known: Outline, judged: list[Judgement], first: int, arguments: list[Any]) -> int:
    """The line to blame for the failing case `first`, or 0 if there is no telling.

    It is the line that raises, or that writes into an argument, or the only place that all wrong
    results depend on and no right one, or else the only such place of one wrong result. `arguments`
    are those of the case.
    """
    judgement = judged[first]
    if judgement.line:
        return judgement.line
    if judgement.verdict == "mutates its input":
        arrays = {at for at, value in enumerate(arguments) if isinstance(value, np.ndarray)}
        return next((line for line, argument in known.writes if argument in arrays), 0)
    answered = [each.right for each in judged if each.right]
    if judgement.verdict != "wrong" or not answered:
        return 0
    wrong = [k for k in range(len(answered[0])) if not all(row[k] for row in answered)]
    behind = known.results
    if len(behind) != len(answered[0]):  # several returns, or a tuple made elsewhere
        return _only({place for row in behind for place in row})
    trusted = {place for k, row in enumerate(behind) if k not in wrong for place in row}
    suspects = [set(behind[k]) - trusted for k in wrong]
    return next(filter(None, map(_only, [set.intersection(*suspects), *suspects])), 0)


def running_loop(known: Outline) -> int:
    """The line of the loop that does not end: the only `while`, or else the only loop, or 0."""
    whiles = {(line, 0) for line, is_while in known.loops if is_while}
    return _only(whiles or {(line, 0) for line, _ in known.loops})


def _only(places: set[tuple[int, int]]) -> int:
    return next(iter(places))[0] if len(places) == 1 else 0


def _code(text: Text) -> list[str]:
    """The lines of code, with strings and comments replaced."""
    return STRINGS_AND_COMMENTS.sub(
        lambda match: "''" + "\n" * match[0].count("\n"), text.code
    ).split("\n")
