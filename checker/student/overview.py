"""An overview of the course: every assignment, and the progress in this folder."""

from collections.abc import Iterator
from pathlib import Path

import click

from checker.course.assignment import Assignment
from checker.reports import bar
from checker.reports.screen import wrapped
from checker.student import progress

FEWEST_CELLS = 5  # of a bar: a shorter one says nothing


def page(course: list[Assignment], folder: Path, width: int) -> str:
    known = progress.load(folder)
    earned = [_words(known, assignment) for assignment in course]
    room = width - max(map(len, earned), default=0) - 2
    about = next(filter(lambda rows: _longest(rows) <= room, _abouts(course)), _names(course))
    longest = _longest(about)
    lines = [*wrapped("Assignments, in the order of the course:", width), ""]
    for words, assignment, points in zip(about, course, earned, strict=True):
        cells = min(room - longest - 2, bar.WIDTH)
        lines.append(f"{words:<{longest}}  {_bar(known, assignment, cells)}{points}".rstrip())
    shown = [
        name for seen in known.tasks.values() for name, task in seen.items() if task.derivative
    ]
    if shown:
        lines += ["", *wrapped(f"Derivatives that were shown: {', '.join(shown)}", width)]
    ending = "`check start NAME` puts one in this folder, `check NAME` grades it."
    return "\n".join([*lines, "", *wrapped(ending, width)])


def _abouts(course: list[Assignment]) -> Iterator[list[str]]:
    """What is said of each assignment, ever less of it."""
    yield [f"  {a.name:<14} {a.title}: {_tasks(a)}, {a.maximum:g} points" for a in course]
    yield [f"  {a.name:<14} {a.title}: {a.maximum:g} points" for a in course]


def _tasks(assignment: Assignment) -> str:
    count = len(assignment.tasks)
    return f"{count} task" if count == 1 else f"{count} tasks"


def _names(course: list[Assignment]) -> list[str]:
    return [f"  {a.name:<14} {a.maximum:g} points" for a in course]


def _longest(rows: list[str]) -> int:
    return max(map(len, rows), default=0)


def _words(known: progress.Progress, assignment: Assignment) -> str:
    earned = known.earned(assignment)
    return "" if earned is None else f"{earned:g} earned"


def _bar(known: progress.Progress, assignment: Assignment, cells: int) -> str:
    earned = known.earned(assignment)
    if earned is None or cells < FEWEST_CELLS:
        return ""
    colour = "green" if known.finished(assignment) else "yellow"
    return click.style(bar.drawn(earned, assignment.maximum, cells), fg=colour) + "  "
