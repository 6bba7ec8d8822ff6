"""A class as a table for a spreadsheet: one row for each submission."""

import csv
import io

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.reports.forms import Files, Options
from checker.text import PARAGRAPH, clean

FORMULA = ("=", "+", "-", "@")


def table(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    tasks = [task.name for task in rows[0].report.tasks] if rows else []
    writer.writerow(["submission", "score", "max_score", *tasks, "late", "students", "file"])
    for row in rows:
        report, handin = row.report, row.handin
        scores = [f"{task.score:g}" for task in report.tasks]
        writer.writerow(
            [
                cell(report.submission),
                f"{report.score:g}",
                f"{report.max_score:g}",
                *scores,
                "late" if handin.late else "",
                cell(" ".join(person.id for person in handin.people)),
                cell(row.file),
            ]
        )
    return text.getvalue()


def cell(text: str) -> str:
    """One visible line, and kept a text where a spreadsheet would compute it."""
    line = clean(text, PARAGRAPH)
    return f"'{line}" if line.startswith(FORMULA) else line


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    return {"grades.csv": table(rows).encode()}
