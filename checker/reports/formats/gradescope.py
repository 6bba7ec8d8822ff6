"""A report as the results.json that Gradescope reads from an autograder's container.

The points of the tests are those of the tasks, and the score is the mark: the output says how it
comes about, if it is not their sum. A test passes if it has full marks, whatever the verdict.
"""

from typing import Any

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.grading.report import Report, TaskReport
from checker.reports import mark_sum, standing, terminal
from checker.reports.filenames import distinct
from checker.reports.formats import Files, Options, feedback
from checker.reports.formats.json import dump


def results(report: Report, file: str) -> str:
    """The text of one results.json."""
    points = mark_sum.lines(report) or [feedback.points(report)]
    level = [f"isolation: {report.isolation}"] if report.isolation not in ("", "full") else []
    value = {
        "score": report.score,
        "output": "\n".join([*terminal.notes(report), *points, *level]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": [_test(task, file, str(number)) for number, task in enumerate(report.tasks, 1)],
    }
    return dump(value) + "\n"


def _test(task: TaskReport, file: str, number: str) -> dict[str, Any]:
    return {
        "score": task.score,
        "max_score": task.max_score,
        "status": "passed" if standing.of(task) == standing.FULL else "failed",
        "name": task.name,
        "number": number,
        "output": feedback.task_text(task, file) if feedback.remarkable(task) else "",
    }


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    """A file for each submission, named by its number on Gradescope if it has one."""
    names = distinct([row.submission.origin or row.report.submission for row in rows])
    for name, row in zip(names, rows, strict=True):
        yield f"gradescope/{name}.json", [results(row.report, row.file).encode()]
