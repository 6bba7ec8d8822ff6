"""The code of a submission for its teacher, with the lines that its report blames."""

from dataclasses import dataclass

from checker.classroom.class_list import ClassRow
from checker.grading import choose_file
from checker.grading.report import Line, Report
from checker.sandbox import encoding, notebook_cells
from checker.sandbox.endings import graded_name
from checker.sandbox.plain_text import visible

LONGEST = 40_000  # characters that are shown


@dataclass(frozen=True)
class Code:
    """The lines of a file, or of the code cells of a notebook, whose first lines are `starts`."""

    lines: list[str]
    starts: list[int]

    def at(self, line: Line) -> int:
        """Where a blamed line stands, counted from 0, or -1 if it is not there."""
        cell = line["cell"] or 1
        first = self.starts[cell - 1] if cell <= len(self.starts) else len(self.lines) + 1
        number = first + line["number"] - 2
        return number if number < len(self.lines) else -1


@dataclass(frozen=True)
class Piece:
    """Some lines as text. `mark` is the anchor of a line that is blamed."""

    text: str
    mark: str = ""


def read(row: ClassRow) -> Code | None:
    """The code of the graded file. None if it is in an archive, or cannot be read."""
    for file in choose_file.opened(row.submission.files):
        if row.file and graded_name(file.name) == row.file and file.data is not None:
            return _code(row.file, file.data)
    return None


def _code(name: str, data: bytes) -> Code | None:
    try:
        text = encoding.text(data)
        if not name.lower().endswith(".ipynb"):
            return Code(_lines(text), [1])
        cells = notebook_cells.cells(text)
    except ValueError:
        return None
    return Code(_lines("\n".join(cells)), notebook_cells.starts(cells))


def _lines(text: str) -> list[str]:
    return visible(text[:LONGEST]).split("\n")


def anchors(mark: str, report: Report, code: Code | None) -> dict[str, str]:
    """For each task, the anchor of the line that it blames, as far as there is one."""
    if code is None:
        return {}
    places = {task.name: code.at(task.line) for task in report.tasks if task.line}
    return {name: f"{mark}-{at + 1}" for name, at in places.items() if at >= 0}


def pieces(mark: str, code: Code, blamed: set[str]) -> list[Piece]:
    """The numbered lines. A blamed one is a piece of its own, so that there are few pieces."""
    width = len(str(len(code.lines)))
    found, run = [], ""
    for number, line in enumerate(code.lines, 1):
        text, anchor = f"{number:>{width}}  {line}".rstrip() + "\n", f"{mark}-{number}"
        if anchor in blamed:
            found += [Piece(run), Piece(text, anchor)]
            run = ""
        else:
            run += text
    return [piece for piece in [*found, Piece(run)] if piece.text]
