"""The line of a submission that a report points to, found in the text as it was handed in.

The text is not parsed: it may be hostile, and this is not the worker. Patterns are enough to see
where a function begins and what it returns; where they leave a doubt, the line is its `def`.
"""

import re
from dataclasses import dataclass
from typing import Any

from checker.text import clean
from checker.worker import cells

# Strings and comments, longest quotes first: what stands in them is no code.
PROSE = re.compile(
    r'("""|\'\'\')[\s\S]*?\1|#[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)
NAMES = re.compile(r"\(?\s*((?:[A-Za-z_]\w*\s*,\s*)*[A-Za-z_]\w*)\s*\)?\s*$")


@dataclass(frozen=True)
class Text:
    """What was handed in: of a notebook its code cells, else one cell. Unreadable: none."""

    cells: list[str]
    notebook: bool = False

    @property
    def code(self) -> str:
        return "\n".join(self.cells)

    def place(self, number: int) -> str:
        return cells.spoken(self.cells, number) if self.notebook else f"line {number}"

    def shown(self, number: int) -> dict[str, Any] | None:
        """A line as a report has it."""
        if number < 1 or not self.cells:
            return None
        lines = self.code.split("\n")
        cell, line = cells.place(self.cells, number)
        text = clean(lines[number - 1]) if number <= len(lines) else ""
        return {"cell": cell if self.notebook else None, "number": line, "text": text}


NO_LINES = Text([])


def read(filename: str, data: bytes) -> Text:
    try:
        text = data.decode("utf-8-sig")
        if filename.endswith(".ipynb"):
            return Text(cells.cells(text), notebook=True)
    except ValueError:
        return NO_LINES
    return Text(["\n".join(re.split("\r\n?|\n", text))])


def definition(text: Text, function: str) -> int:
    """The line where a function begins; 0 where no line says so. The last one counts."""
    lines = _code(text)
    begins = re.compile(rf"(?:async\s+)?def\s+{re.escape(function)}\b|{re.escape(function)}\s*=")
    found = [number for number, line in enumerate(lines, 1) if begins.match(line)]
    return found[-1] if found else 0


def origin(text: Text, function: str, result: int = 0) -> int:
    """The one line where a result is returned or, if that only names it, computed; else the def."""
    first = definition(text, function)
    body = _body(_code(text), first) if first else {}
    returns = [number for number, line in body.items() if re.match(r"\s+return\b", line)]
    if len(returns) != 1:
        return first
    names = NAMES.match(body[returns[0]].strip().removeprefix("return"))
    listed = re.split(r"\s*,\s*", names[1]) if names else []
    if result >= len(listed):
        return returns[0]
    computed = [number for number, line in body.items() if listed[result] in _assigned(line)]
    return computed[0] if len(computed) == 1 else returns[0]


def _assigned(line: str) -> list[str]:
    target, _, value = line.partition("=")
    if not value or value.startswith("=") or target.endswith(("!", "<", ">")) or "(" in target:
        return []
    return re.findall(r"[A-Za-z_]\w*", re.split(r"[\[:]", target)[0])


def _code(text: Text) -> list[str]:
    """The lines without strings and comments."""
    return PROSE.sub(lambda found: "''" + "\n" * found[0].count("\n"), text.code).split("\n")


def _body(lines: list[str], first: int) -> dict[int, str]:
    """The lines of a function, without those of functions in it."""
    body: dict[int, str] = {}
    inner: int | None = None  # how far the definition of a function in it is indented
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
