"""A class as a table for a spreadsheet: one row for each submission."""

import csv
import io

from checker.grading import Report

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(reports: list[Report]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    tasks = [task.name for task in reports[0].tasks] if reports else []
    writer.writerow(["submission", "score", "max_score", *tasks])
    for report in reports:
        scores = [f"{task.score:g}" for task in report.tasks]
        row = [_cell(report.submission), f"{report.score:g}", f"{report.max_score:g}", *scores]
        writer.writerow(row)
    return text.getvalue()


def _cell(text: str) -> str:
    """A name that a spreadsheet would compute is kept a name."""
    return f"'{text}" if text.startswith(FORMULA) else text
