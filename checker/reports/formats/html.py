"""A class as one HTML page: an overview, the mistakes that were made, and every submission.

The page loads nothing. Its one script searches, sorts and opens parts of it; without the script
everything is there too.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import click
from markupsafe import Markup

from checker.cases.counterexample import Counterexample
from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.grading.report import Fresh, Report, TaskReport
from checker.reports import (
    class_summary,
    counterexample,
    mark_sum,
    screen,
    seen,
    standing,
    submitted_code,
    templating,
    terminal,
)
from checker.reports.formats import Files, Options
from checker.sandbox.plain_text import PARAGRAPH, clean

MOST_NAMED = 12  # students of one mistake that are listed at once
TEMPLATE = "submission.html"


@dataclass(frozen=True)
class Student:
    """A row of the class, as the page shows it. `mark` is the anchor of its part.

    `code_of` finds the code of a row.
    """

    mark: str
    name: str
    row: ClassRow
    words: list[str]
    kinds: list[str]
    code_of: submitted_code.CodeOf

    @property
    def why(self) -> str:
        return " ".join(self.row.report.notes)

    def part(self) -> "_Part":
        """Made when the page has come so far: all together would need much memory."""
        code, report = self.code_of(self.row), self.row.report
        anchors = submitted_code.anchors(self.mark, report, code)
        tasks = [
            task_section(task, teacher=True, target=anchors.get(task.name, ""))
            for task in report.tasks
        ]
        inside = Markup("").join([notes(report), *tasks])
        pieces = submitted_code.pieces(self.mark, code, set(anchors.values())) if code else []
        return _Part(inside, clean(self.row.file), pieces)


@dataclass(frozen=True)
class _Part:
    """What is said of a student: the tasks, and the code of the file."""

    inside: Markup
    file: str
    code: list[submitted_code.Piece]


@dataclass(frozen=True)
class _TaskView:
    """A task as a page shows it. `target` is the anchor of the blamed line, if it is there."""

    task: TaskReport
    kind: str
    verdict: str
    place: str
    line: str
    target: str
    blocks: list[str]
    fresh: Fresh | None
    fresh_blocks: list[str]


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    yield "report.html", _pieces(assignment, rows)


def _pieces(assignment: Assignment, rows: list[ClassRow]) -> Iterator[bytes]:
    with submitted_code.reading() as code_of:
        students = [_student(f"s{number}", row, code_of) for number, row in enumerate(rows)]
        for piece in _page(assignment, rows, students):
            yield piece.encode("utf-8", "replace")


def _page(assignment: Assignment, rows: list[ClassRow], students: list[Student]) -> Iterator[str]:
    mistakes = [
        {
            "task": each.task,
            "misconception": each.misconception,
            "hint": each.hint,
            "students": [students[i] for i in each.who],
        }
        for each in class_summary.mistakes(rows)
    ]
    attention = [each for each in students if class_summary.needs_attention(each.row)]
    changed = [each for each in students if class_summary.changed(each.row)]
    parts = {"points": "Points"} | ({"attention": "Needs attention"} if attention else {})
    parts |= {"tasks": "Tasks"} | ({"mistakes": "Mistakes"} if mistakes else {})
    parts |= ({"changed": "Changes"} if changed else {}) | {"students": "Students"}
    return templating.streamed(
        "class.html",
        f"{assignment.title}: the class",
        "class.js",
        heading=assignment.title,
        points=assignment.maximum,
        parts=parts,
        facts=class_summary.facts(assignment, rows),
        histogram=class_summary.histogram(assignment, rows),
        kinds=class_summary.KINDS,
        tasks=class_summary.tasks(rows),
        mistakes=mistakes,
        most_named=MOST_NAMED,
        attention=attention,
        changed=changed,
        students=students,
    )


def _student(mark: str, row: ClassRow, code_of: submitted_code.CodeOf) -> Student:
    return Student(
        mark,
        clean(row.report.submission, PARAGRAPH),
        row,
        class_summary.words(row),
        [class_summary.KINDS[standing.of(task)] for task in row.report.tasks],
        code_of,
    )


def section(report: Report) -> Markup:
    """The body of a page for the student: one submission."""
    inside = Markup("").join([notes(report), *map(task_section, report.tasks)])
    return templating.macro(TEMPLATE, "alone", report, inside)


def notes(report: Report) -> Markup:
    """Paragraphs with the sum, the notes on the file, and the isolation if it was not full."""
    level = [f"isolation: {report.isolation}"] if report.isolation not in ("", "full") else []
    lines = [*mark_sum.lines(report), *(f"The file itself: {n}" for n in report.notes), *level]
    return templating.macro(TEMPLATE, "notes", lines)


def task_section(task: TaskReport, *, teacher: bool = False, target: str = "") -> Markup:
    """The HTML of one task: verdict, message, diagnosis, line, counterexample, prints.

    For the teacher, also how it fails a fresh case.
    """
    place, _, line = terminal.line(task.line).partition(": ") if task.line else ("", "", "")
    fresh = task.fresh if teacher else None
    heard = seen.lines(task.seen, screen.WIDEST_TEXT, screen.ENDLESS)
    blocks = [*_case(task.counterexample), *([_typed(heard)] if heard else [])]
    view = _TaskView(
        task,
        class_summary.KINDS[standing.of(task)],
        terminal.verdict(task),
        place,
        line,
        target,
        blocks,
        fresh,
        _case(fresh["counterexample"]) if fresh else [],
    )
    return templating.macro(TEMPLATE, "task", view)


def _case(case: Counterexample | None) -> list[str]:
    return [] if case is None else [_typed(counterexample.shown(case))]


def _typed(lines: list[str]) -> str:
    return textwrap.dedent("\n".join(map(click.unstyle, lines)))
