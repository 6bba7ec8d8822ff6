"""A class as a table for a spreadsheet: one row for each submission.

The score is the sum of the columns behind it, up to the reasons. If a gradebook was given, the last
column has the students as it names them.
"""

import csv
import io

from checker.classroom.class_list import ClassRow
from checker.classroom.gradebook import Gradebook
from checker.classroom.sheet import cell
from checker.course.assignment import Assignment
from checker.grading.report import TaskReport
from checker.reports import mark_sum, terminal
from checker.reports.formats import Files, Options


def table(rows: list[ClassRow], book: Gradebook | None = None) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    tasks = [task.name for task in rows[0].report.tasks] if rows else []
    steps = list(dict.fromkeys(step["name"] for row in rows for step in row.report.steps))
    header = ["submission", "score", "max_score", *tasks, *steps]
    known = book.known() if book else {}
    writer.writerow([*header, "reasons", "late", "students", "file", *["gradebook"] * bool(book)])
    for row in rows:
        report, submission = row.report, row.submission
        scores = [f"{task.score:g}" for task in report.tasks]
        added = {step["name"]: f"{step['points']:g}" for step in report.steps}
        scores += [added.get(name, "0") for name in steps]
        by_hand = {override.task for override in row.overrides}
        reasons = [
            _reason(task)
            for task in report.tasks
            if task.score < task.max_score or task.name in by_hand
        ]
        writer.writerow(
            [
                cell(report.submission),
                f"{report.score:g}",
                f"{report.max_score:g}",
                *scores,
                cell("; ".join([*reasons, *mark_sum.steps(report), *row.misleading])),
                "late" if submission.late else "",
                cell(" ".join(person.id for person in submission.people)),
                cell(row.file),
                *[cell("; ".join(known.get(submission.name, [])))] * bool(book),
            ]
        )
    return text.getvalue()


def _reason(task: TaskReport) -> str:
    """Why a task does not have all of its points, or not those that the grader gave."""
    return f"{task.name} {task.score:g} of {task.max_score:g} ({terminal.verdict(task)})"


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    yield "grades.csv", [table(rows, options.gradebook).encode("utf-8", "replace")]
