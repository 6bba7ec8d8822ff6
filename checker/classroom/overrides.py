"""Points that the teacher gives by hand: the table overrides.csv in the output folder.

    student,task,points,comment,who,when
    Ada Lovelace,dense,3,explained it at the board,Prof. Noether,2026-03-04

The checker makes the table without a row, reads it in every run, and never writes it again.
"""

import math
import re
from dataclasses import replace
from pathlib import Path

from checker.classroom import whole_file
from checker.classroom.class_list import ClassRow, ClassSubmission, Override
from checker.classroom.sheet import Sheet
from checker.classroom.student_table import StudentTable
from checker.course.assignment import Assignment
from checker.grading.report import Report, TaskReport
from checker.sandbox.plain_text import PARAGRAPH, clean

FILENAME = "overrides.csv"
NEEDED = ("task", "points")
WORDS = ("comment", "who", "when")
HEADER = ("student", *NEEDED, *WORDS)
BY_HAND = "set by hand"  # begins the reason of such points in every report
NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")

Overrides = dict[str, tuple[Override, ...]]  # by the names of submissions


def read(folder: Path, assignment: Assignment, submissions: list[ClassSubmission]) -> Overrides:
    """The overrides in a folder. Raises SheetError, with the line, if one has no clear meaning."""
    path = folder / FILENAME
    if not path.exists():
        return {}
    table = StudentTable(Sheet(path.read_bytes(), str(path)), submissions, HEADER, NEEDED)
    most = {task.function: task.points for task in assignment.tasks}
    found: dict[str, dict[str, Override]] = {}
    for i, name, cells in table.rows():
        task, points = (cells.get(column, "") for column in NEEDED)
        if task not in most:
            raise table.error(i, f"{task!r} is no task. The tasks are {', '.join(most)}")
        given = float(points.replace(",", ".")) if NUMBER.fullmatch(points) else math.inf
        if given > most[task]:
            raise table.error(i, f"the points are {points!r}; {task} has from 0 to {most[task]:g}")
        if task in found.setdefault(name, {}):
            raise table.error(i, f"{name} has points for {task} in an earlier line too")
        comment, who, when = (clean(cells.get(column, ""), PARAGRAPH) for column in WORDS)
        found[name][task] = Override(task, round(given, 2), comment, who, when)
    return {name: tuple(of_tasks.values()) for name, of_tasks in found.items()}


def make(folder: Path) -> None:
    """Make the table without a row, if there is none, for the teacher to fill in."""
    path = folder / FILENAME
    if not path.exists():
        whole_file.write(path, ",".join(HEADER) + "\n")


def applied(row: ClassRow, overrides: Overrides) -> ClassRow:
    """The row with the points that the teacher has given."""
    chosen = {override.task: override for override in overrides.get(row.submission.name, ())}
    if not chosen:
        return row
    before = {task.name: task.score for task in row.report.tasks}
    return replace(
        row,
        report=_changed(row.report, chosen),
        before=row.before and _changed(row.before, chosen),
        overrides=tuple(replace(each, before=before[name]) for name, each in chosen.items()),
    )


def _changed(report: Report, chosen: dict[str, Override]) -> Report:
    tasks = [
        _with_points(task, chosen[task.name]) if task.name in chosen else task
        for task in report.tasks
    ]
    return replace(report, tasks=tasks, score=round(sum(task.score for task in tasks), 2))


def _with_points(task: TaskReport, override: Override) -> TaskReport:
    words = f": {override.comment}" if override.comment else ""
    reason = f"{BY_HAND}, was {task.score:g}{words}"
    return replace(task, score=override.points, reason=reason)
