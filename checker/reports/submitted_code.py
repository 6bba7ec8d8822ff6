"""The code of a submission for its teacher, with the lines that its report blames.

The files are read in a worker, as they were when they were graded.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from checker.classroom.class_list import ClassRow
from checker.grading import choose_file
from checker.grading.reading import Reader
from checker.grading.report import Line, Report
from checker.sandbox.endings import graded_name
from checker.sandbox.host import Worker
from checker.sandbox.plain_text import visible
from checker.sandbox.spawn import spawn

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


CodeOf = Callable[[ClassRow], Code | None]


@contextmanager
def reading() -> Iterator[CodeOf]:
    """A function that finds the code of the graded file of a row.

    It finds None if that file is in an archive, or cannot be read. One worker reads for many rows,
    because it runs none of the files; after one that it could not read, a new one goes on.
    """
    waiting: list[Worker] = []

    def read(row: ClassRow) -> Code | None:
        for file in choose_file.opened(row.submission.files if row.file else ()):
            if graded_name(file.name) == row.file and file.data is not None:
                with Reader(lambda: waiting.pop() if waiting else spawn()) as reader:
                    text = reader.text(row.file, file.data, [])
                    waiting.append(reader.start())
                return Code(_lines(text.code), [*(text.starts or (1,))]) if text.code else None
        return None

    try:
        yield read
    finally:
        for worker in waiting:
            worker.close()


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
