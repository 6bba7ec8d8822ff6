"""What one student reads: the whole report as text, and as a page that needs nothing else."""

import click

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.graded import Report, TaskReport
from checker.reports import html, terminal
from checker.reports.filenames import distinct
from checker.reports.forms import Files, Options
from checker.text import clean


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    names = distinct([row.report.submission for row in rows])
    made: Files = {}
    for name, row in zip(names, rows, strict=True):
        made[f"feedback/{name}.txt"] = text(row.report).encode("utf-8", "replace")
        made[f"feedback/{name}.html"] = page(row.report).encode("utf-8", "replace")
    return made


def text(report: Report) -> str:
    """Every task that is not right, one after another."""
    head = [f"{report.assignment}: {clean(report.submission)}", ""]
    head += [click.unstyle(line) for line in terminal.rows(report)]
    shut_off = click.unstyle(terminal.shut_off(report))
    head += ["", f"{report.score:g} of {report.max_score:g} points{shut_off}"]
    head += [f"The file itself: {clean(note)}" for note in report.notes]
    open_tasks = [task for task in report.tasks if task.verdict != "right"]
    return "\n\n".join(["\n".join(head), *map(task_text, open_tasks)]) + "\n"


def task_text(task: TaskReport) -> str:
    lines = terminal.detail(task, submission="")
    return click.unstyle("\n".join(line.removeprefix("  ") for line in lines))


def in_short(report: Report) -> str:
    """One line for a cell: the points, and what to work on."""
    told = [
        f"{task.name}: {task.diagnosis['misconception'] if task.diagnosis else task.verdict}"
        for task in report.tasks
        if task.verdict != "right"
    ]
    return "; ".join([f"{report.score:g} of {report.max_score:g} points", *told])


def page(report: Report) -> str:
    title = f"{report.assignment}: {clean(report.submission)}"
    return html.document(title, html.section(report, opened=True))
