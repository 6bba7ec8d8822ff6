"""Feedback for each student: the whole report as text and as a self-contained page."""

import click

from checker.classroom.class_list import ClassRow
from checker.classroom.overrides import BY_HAND
from checker.course.assignment import Assignment
from checker.grading.report import Report, TaskReport
from checker.reports import terminal
from checker.reports.filenames import distinct
from checker.reports.formats import Files, Options
from checker.reports.formats import html as html_format
from checker.sandbox.plain_text import clean


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    names = distinct([row.report.submission for row in rows])
    made: Files = {}
    for name, row in zip(names, rows, strict=True):
        made[f"feedback/{name}.txt"] = text(row.report, row.file).encode("utf-8", "replace")
        made[f"feedback/{name}.html"] = page(row.report).encode("utf-8", "replace")
    return made


def text(report: Report, file: str) -> str:
    """The report on a file as text: an overview, then each task that is not right."""
    head = [f"{report.assignment}: {clean(report.submission)}", ""]
    head += [click.unstyle(line) for line in terminal.rows(report)]
    isolation = click.unstyle(terminal.shut_off(report))
    head += ["", f"{report.score:g} of {report.max_score:g} points{isolation}"]
    head += [f"The file itself: {clean(note)}" for note in report.notes]
    open_tasks = [task for task in report.tasks if remarkable(task)]
    return "\n\n".join(["\n".join(head), *(task_text(task, file) for task in open_tasks)]) + "\n"


def remarkable(task: TaskReport) -> bool:
    """Whether there is something to say about a task: it is not right, or has other points."""
    return task.verdict != "right" or bool(task.reason)


def task_text(task: TaskReport, file: str) -> str:
    """One task as text: message, diagnosis and counterexample."""
    lines = terminal.detail(task, file)
    if task.reason.startswith(BY_HAND):
        lines.insert(
            0, f"  {task.name}: {task.score:g} of {task.max_score:g} points, {task.reason}"
        )
    return click.unstyle("\n".join(line.removeprefix("  ") for line in lines))


def in_short(report: Report) -> str:
    """One line for a cell of a table: the points, and what to work on."""
    problems = [f"{task.name}: {_problem(task)}" for task in report.tasks if remarkable(task)]
    return "; ".join([f"{report.score:g} of {report.max_score:g} points", *problems])


def _problem(task: TaskReport) -> str:
    words = task.diagnosis["misconception"] if task.diagnosis else task.verdict
    return f"{words} ({task.reason})" if task.reason.startswith(BY_HAND) else words


def page(report: Report) -> str:
    """The report as a self-contained HTML page."""
    title = f"{report.assignment}: {clean(report.submission)}"
    return html_format.document(title, html_format.section(report, opened=True))
