"""A class as one page that a person can read: how it went, what went wrong, and who to talk to.

The page holds no script and loads nothing. Every text goes through `escape`, and the policy in its
head forbids the browser what slips through.
"""

import textwrap
from html import escape
from importlib.resources import files as resources

import click

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.graded import Report, TaskReport
from checker.reports import counterexample, html_class, terminal
from checker.reports.forms import Files, Options
from checker.reports.html_class import text

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
OPEN = {"not started", "missing"}


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    body = html_class.overview(assignment, rows)
    body += "<h2>Every submission</h2>" + "".join(
        section(row.report, f"s{number}", html_class.marks(row)) for number, row in enumerate(rows)
    )
    page = document(f"{assignment.title}: the class", body)
    return {"report.html": page.encode("utf-8", "replace")}


def document(title: str, body: str) -> str:
    style = (resources("checker.reports") / "page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def section(report: Report, mark: str = "", marks: str = "", opened: bool = False) -> str:
    """One submission. Shown open it is a page of its own, with a heading to match."""
    points = f'<span class="number">{report.score:g} / {report.max_score:g}</span>'
    name = text(report.submission)
    inside = "".join([*notes(report), *map(task_section, report.tasks)])
    if opened:
        head = f'<h1>{escape(report.assignment)}</h1><p class="quiet">{name}</p>'
        return f"{head}<p>{points} points</p>{inside}"
    summary = f"<summary><h3>{name}</h3>{marks}{points}</summary>"
    return f'<details id="{mark}">{summary}<div class="inside">{inside}</div></details>\n'


def notes(report: Report) -> list[str]:
    level = [f"isolation: {report.isolation}"] if report.isolation else []
    words = [*(f"The file itself: {note}" for note in report.notes), *level]
    return [f'<p class="quiet">{text(each)}</p>' for each in words]


def task_section(task: TaskReport) -> str:
    kind = "right" if task.verdict == "right" else "open" if task.verdict in OPEN else "wrong"
    head = (
        f'<div><code>{escape(task.name)}</code><span class="{kind}">{escape(task.verdict)}</span>'
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
        shown = "\n".join(map(click.unstyle, counterexample.shown(task.counterexample)))
        parts.append(f"<pre>{escape(textwrap.dedent(shown))}</pre>")
    return f'<div class="task">{head}{"".join(parts)}</div>'
