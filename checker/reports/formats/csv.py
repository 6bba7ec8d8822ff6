"""A class as a table for a spreadsheet: one row for each submission."""

import csv
import io

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.reports.formats import Files, Options
from checker.sandbox.plain_text import PARAGRAPH, clean

FORMULA_STARTS = ("=", "+", "-", "@")


def table(rows: list[ClassRow]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    tasks = [task.name for task in rows[0].report.tasks] if rows else []
    writer.writerow(["submission", "score", "max_score", *tasks, "late", "students", "file"])
    for row in rows:
        report, submission = row.report, row.submission
        scores = [f"{task.score:g}" for task in report.tasks]
        writer.writerow(
            [
                cell(report.submission),
                f"{report.score:g}",
                f"{report.max_score:g}",
                *scores,
                "late" if submission.late else "",
                cell(" ".join(person.id for person in submission.people)),
                cell(row.file),
            ]
        )
    return text.getvalue()


def cell(text: str) -> str:
    """One visible line. Text that a spreadsheet would take for a formula is quoted."""
    line = clean(text, PARAGRAPH)
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    return {"grades.csv": table(rows).encode()}
