"""The verdicts on all tasks in columns, as few lines as the width allows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import click

from checker.grading.report import TaskReport
from checker.reports.screen import ENDLESS

OPEN_MARK = ("·", "bright_black")
MARKS = {
    "right": ("✓", "green"),
    "other convention": ("~", "yellow"),
    "carried forward": ("~", "yellow"),
    "unstable": ("~", "yellow"),
    "other shape": ("~", "yellow"),
    "mutates its input": ("~", "yellow"),
    "not started": OPEN_MARK,
    "missing": OPEN_MARK,
}
WRONG_MARK = ("✗", "red")
COUNTED = ("right", "not started", "missing")  # where many tasks leave no room for each
GAP = 3  # between columns
CUT = "\u2026"


@dataclass(frozen=True)
class _Cell:
    verdict: str
    name: str
    points: str
    words: str


def full(tasks: list[TaskReport], width: int) -> list[str]:
    """A cell for each task, with its verdict, and how its points come about if there is room."""
    forms = [_cells(tasks, words, "/") for words in (in_words, _verdict, _begun)]
    rows = _fewest_rows(forms[1], width)
    best = next((cells for cells in forms if _fits(cells, rows, width)), forms[-1])
    return _lines(best, rows, width)


def brief(tasks: list[TaskReport], width: int) -> list[str]:
    """A cell for each task, with its verdict if it is begun and not right."""
    cells = _cells(tasks, _begun, "/")
    return _lines(cells, _fewest_rows(cells, width), width)


def folded(tasks: list[TaskReport], width: int) -> list[str]:
    """The number of tasks that are right or not begun, and a cell for each of the others."""
    others = [task for task in tasks if task.verdict not in COUNTED]
    count = Counter(task.verdict for task in tasks)
    counts = [f"{_mark(v)} {count[v]} {v}" for v in COUNTED if count[v]]
    summary = ["  " + "   ".join(counts)] if counts else []
    return [*summary, *(full(others, width) if others else [])]


def lines(tasks: list[TaskReport]) -> list[str]:
    """A line for each task."""
    return _lines(_cells(tasks, in_words, " / "), len(tasks), ENDLESS)


def in_words(task: TaskReport) -> str:
    """The verdict on a task, and how its points come about if it earns some of them."""
    return f"{task.verdict}: {task.reason}" if task.reason else task.verdict


def _verdict(task: TaskReport) -> str:
    return task.verdict


def _begun(task: TaskReport) -> str:
    """The verdict, but nothing more than its mark for a task that is not started."""
    return "" if task.verdict == "not started" else task.verdict


def _cells(tasks: list[TaskReport], words: Callable[[TaskReport], str], of: str) -> list[_Cell]:
    return [
        _Cell(
            task.verdict,
            task.name,
            f"{task.score:g}{of}{task.max_score:g}",
            "" if task.verdict == "right" else words(task),
        )
        for task in tasks
    ]


def _fewest_rows(cells: list[_Cell], width: int) -> int:
    return next((rows for rows in range(1, len(cells)) if _fits(cells, rows, width)), len(cells))


def _fits(cells: list[_Cell], rows: int, width: int) -> bool:
    columns = _split(cells, rows)
    return sum(map(_width, columns)) + GAP * (len(columns) - 1) + 2 <= width


def _split(cells: list[_Cell], rows: int) -> list[list[_Cell]]:
    return [cells[at : at + rows] for at in range(0, len(cells), rows)]


def _lines(cells: list[_Cell], rows: int, width: int) -> list[str]:
    columns = _split(cells, rows)
    return [
        "  "
        + (" " * GAP)
        .join(_shown(each, each[row], width - 4) for each in columns if row < len(each))
        .rstrip()
        for row in range(rows)
    ]


def _width(column: list[_Cell]) -> int:
    return len(_line(column, max(column, key=lambda cell: len(cell.words)))) + 2


def _shown(column: list[_Cell], cell: _Cell, longest: int) -> str:
    line = f"{_line(column, cell):<{_width(column) - 2}}"
    line = line if len(line.rstrip()) <= longest else line[: longest - 1] + CUT
    return f"{_mark(cell.verdict)} {line}"


def _line(column: list[_Cell], cell: _Cell) -> str:
    name, points = (max(len(getattr(c, part)) for c in column) for part in ("name", "points"))
    return f"{cell.name:<{name}} {cell.points:>{points}}  {cell.words}".rstrip()


def _mark(verdict: str) -> str:
    mark, colour = MARKS.get(verdict, WRONG_MARK)
    return click.style(mark, fg=colour)
