"""Points that the teacher gives by hand: the table overrides.csv in the output folder.

    student,task,points,comment,who,when
    Ada Lovelace,dense,3,explained it at the board,Prof. Noether,2026-03-04

The checker makes the table without a row, reads it in every run, and never writes it again. The
student is a name of the class list or a key of a student who submitted alone.
"""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from checker.classroom.class_list import ClassRow, ClassSubmission, Override
from checker.classroom.sheet import Sheet, SheetError, cell
from checker.course.assignment import Assignment
from checker.grading.report import Report, TaskReport
from checker.sandbox.plain_text import PARAGRAPH, clean

FILENAME = "overrides.csv"
NEEDED = ("student", "task", "points")
HEADER = (*NEEDED, "comment", "who", "when")
BY_HAND = "set by hand"  # begins the reason of such points in every report
NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")

Overrides = dict[str, tuple[Override, ...]]  # by the names of submissions


def read(folder: Path, assignment: Assignment, submissions: list[ClassSubmission]) -> Overrides:
    """The overrides in a folder. Raises SheetError, with the line, if one has no clear meaning."""
    path = folder / FILENAME
    if not path.exists():
        return {}
    table = _Table(Sheet(path.read_bytes(), str(path)), assignment, submissions)
    found: dict[str, dict[str, Override]] = {}
    for i, cells in enumerate(table.sheet.rows[1:], 1):
        if not any(cell.strip() for cell in cells):
            continue
        name, override = table.override(i, cells)
        if override.task in found.setdefault(name, {}):
            raise table.error(i, f"{name} has points for {override.task} in an earlier line too")
        found[name][override.task] = override
    return {name: tuple(of_tasks.values()) for name, of_tasks in found.items()}


def make(folder: Path) -> None:
    """Make the table without a row, if there is none, for the teacher to fill in."""
    path = folder / FILENAME
    if not path.exists():
        path.write_text(",".join(HEADER) + "\n", encoding="utf-8")


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


class _Table:
    """The table, and what its cells may mean in this class."""

    def __init__(
        self, sheet: Sheet, assignment: Assignment, submissions: list[ClassSubmission]
    ) -> None:
        self.sheet = sheet
        self._header = [name.strip().casefold() for name in sheet.rows[0]]
        for name in NEEDED:
            if self._header.count(name) != 1:
                raise SheetError(
                    f"{sheet.name}, line 1: there must be one column {name!r}. "
                    f"The columns are {', '.join(HEADER)}."
                )
        self._most = {task.function: task.points for task in assignment.tasks}
        self._meanings: dict[str, set[str]] = {}  # names of submissions
        self._groups: dict[str, str] = {}  # by the key of a member
        for submission in submissions:
            words = {submission.name}
            if len(submission.people) > 1:
                self._groups |= {key.value: submission.name for key in submission.keys}
            else:
                words |= {key.value for key in submission.keys}
            for word in words | {cell(word) for word in words}:  # as it stands in grades.csv
                self._meanings.setdefault(_typed(word), set()).add(submission.name)

    def override(self, row: int, cells: list[str]) -> tuple[str, Override]:
        """The name of the submission that a row of the table is about, and its points."""
        if len(cells) > len(self._header):
            raise self.error(row, "it has too many cells. Put a text with commas in quotes")
        values = dict(zip(self._header, (text.strip() for text in cells), strict=False))
        name, task, points = (values.get(column, "") for column in NEEDED)
        comment, who, when = (
            clean(values.get(column, ""), PARAGRAPH) for column in HEADER[len(NEEDED) :]
        )
        submission = self._submission(row, name)
        if task not in self._most:
            raise self.error(row, f"{task!r} is no task. The tasks are {', '.join(self._most)}")
        return submission, Override(task, self._points(row, task, points), comment, who, when)

    def error(self, row: int, words: str) -> SheetError:
        line = self.sheet.lines()[row]
        return SheetError(f"{self.sheet.name}, line {line}: {words}. Nothing was graded.")

    def _submission(self, row: int, student: str) -> str:
        meanings = self._meanings.get(_typed(student), set())
        if len(meanings) == 1:
            return next(iter(meanings))
        if meanings:
            both = " and ".join(sorted(meanings))
            raise self.error(row, f"{student!r} is a name or number of {both}: write another one")
        if student in self._groups:
            group = self._groups[student]
            raise self.error(
                row, f"{student!r} is in a group, which has its points together: write {group!r}"
            )
        raise self.error(
            row,
            f"{student!r} is not in this class. Write the name as in grades.csv, first column",
        )

    def _points(self, row: int, task: str, text: str) -> float:
        most = self._most[task]
        if not NUMBER.fullmatch(text) or float(text.replace(",", ".")) > most:
            raise self.error(row, f"the points are {text!r}; {task} has from 0 to {most:g}")
        return round(float(text.replace(",", ".")), 2)


def _typed(name: str) -> str:
    """A name as keyboards write it. In names of files, accents may be characters of their own."""
    return unicodedata.normalize("NFC", name)
