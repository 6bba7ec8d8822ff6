"""A class as one HTML page: an overview, the mistakes that were made, and every submission.

The page has no script and loads nothing. Every text is escaped, and the content security policy in
the head of the page makes the browser block anything that escaping might miss.
"""

import textwrap
from html import escape
from importlib.resources import files as resources

import click

from checker.cases.counterexample import Counterexample
from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.grading.report import Report, TaskReport
from checker.reports import class_summary, counterexample, terminal
from checker.reports.class_summary import text
from checker.reports.formats import Files, Options

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
OPEN_VERDICTS = {"not started", "missing"}


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    body = class_summary.overview(assignment, rows)
    body += "<h2>Every submission</h2>" + "".join(
        section(row.report, f"s{number}", class_summary.marks(row))
        for number, row in enumerate(rows)
    )
    page = document(f"{assignment.title}: the class", body)
    return {"report.html": page.encode("utf-8", "replace")}


def document(title: str, body: str) -> str:
    """A complete HTML page."""
    style = (resources("checker.reports") / "page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def section(report: Report, mark: str = "", marks: str = "", opened: bool = False) -> str:
    """The HTML of one submission: a section that can be folded.

    With `opened` it is the body of a page of its own, which has a heading and is for the student.
    """
    points = f'<span class="number">{report.score:g} / {report.max_score:g}</span>'
    name = text(report.submission)
    tasks = (task_section(task, teacher=not opened) for task in report.tasks)
    inside = "".join([*notes(report), *tasks])
    if opened:
        head = f'<h1>{escape(report.assignment)}</h1><p class="quiet">{name}</p>'
        return f"{head}<p>{points} points</p>{inside}"
    summary = f"<summary><h3>{name}</h3>{marks}{points}</summary>"
    return f'<details id="{mark}">{summary}<div class="inside">{inside}</div></details>\n'


def notes(report: Report) -> list[str]:
    """Paragraphs with the notes on the file, and the isolation if it was not full."""
    level = [f"isolation: {report.isolation}"] if report.isolation not in ("", "full") else []
    words = [*(f"The file itself: {note}" for note in report.notes), *level]
    return [f'<p class="quiet">{text(line)}</p>' for line in words]


def task_section(task: TaskReport, *, teacher: bool = False) -> str:
    """The HTML of one task: verdict, message, diagnosis, line and counterexample.

    For the teacher, also how it fails a fresh case.
    """
    kind = (
        "right" if task.verdict == "right" else "open" if task.verdict in OPEN_VERDICTS else "wrong"
    )
    verdict = escape(terminal.verdict(task))
    head = (
        f'<div><code>{escape(task.name)}</code><span class="{kind}">{verdict}</span>'
        f'<span class="number">{task.score:g} / {task.max_score:g}</span></div>'
    )
    parts = [f"<p>{text(task.message)}</p>"] if task.message else []
    if task.diagnosis:
        words, hint = task.diagnosis["misconception"], task.diagnosis["hint"]
        parts.append(
            f"<blockquote><p><strong>{text(words)}</strong></p><p>{text(hint)}</p></blockquote>"
        )
    if task.line:
        place, _, code = terminal.line(task.line).partition(": ")
        parts.append(f'<p class="line">{place}: <code>{escape(code)}</code></p>')
    if task.counterexample is not None:
        parts.append(_case(task.counterexample))
    if teacher and task.fresh:
        parts.append(f"<p>The fresh cases, for you alone: {text(task.fresh['message'])}</p>")
        if task.fresh["counterexample"] is not None:
            parts.append(_case(task.fresh["counterexample"]))
    return f'<div class="task">{head}{"".join(parts)}</div>'


def _case(case: Counterexample) -> str:
    shown = "\n".join(map(click.unstyle, counterexample.shown(case)))
    return f"<pre>{escape(textwrap.dedent(shown))}</pre>"
