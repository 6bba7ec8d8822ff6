"""Feedback for each student: the whole report as text, as Markdown and as a self-contained page.

The pages of Canvas and nbgrader are also written as these take them back.
"""

import io
import re
import zipfile

import click

from checker.classroom.class_list import ClassRow
from checker.classroom.overrides import BY_HAND
from checker.course.assignment import Assignment
from checker.grading.report import Report, TaskReport
from checker.reports import mark_sum, terminal
from checker.reports.filenames import distinct
from checker.reports.formats import Files, Options
from checker.reports.formats import html as html_format
from checker.reports.templating import document
from checker.sandbox.plain_text import PARAGRAPH, clean

MARKED = re.compile(r"[\\`*_\[\]<>#|~&$!{}@]")  # what Markdown may give a meaning inside a line
ORDINARY = re.compile(r"\w[\w .@+-]*")  # a name that is a file name everywhere
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # fixed, so that the same grades make the same zip


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    names = distinct([row.report.submission for row in rows])
    of_canvas = io.BytesIO()
    with zipfile.ZipFile(of_canvas, "w") as archive:
        for name, row in zip(names, rows, strict=True):
            html = page(row.report).encode("utf-8", "replace")
            yield f"feedback/{name}.txt", [text(row.report, row.file).encode("utf-8", "replace")]
            yield f"feedback/{name}.md", [markdown(row.report, row.file).encode("utf-8", "replace")]
            yield f"feedback/{name}.html", [html]
            path = row.submission.returned_as
            if not row.graded or not path or {".", ".."} & set(path.split("/")):
                continue
            if path.startswith("feedback/"):
                yield f"nbgrader/{path}/{_notebook(row)}.html", [html]
            else:
                pack(archive, path, html)
        packed = bool(archive.namelist())
    if packed:
        yield "canvas-feedback.zip", [of_canvas.getvalue()]


def _notebook(row: ClassRow) -> str:
    """The name under which nbgrader shows a page: that of the notebook."""
    notebook = row.file.rpartition(".")[0] or row.report.assignment
    return notebook if ORDINARY.fullmatch(notebook) else distinct([notebook])[0]


def pack(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    """Add a file to a zip that is the same whenever its files are."""
    entry = zipfile.ZipInfo(path.encode("utf-8", "replace").decode(), ZIP_DATE)
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def text(report: Report, file: str) -> str:
    """The report on a file as text: an overview, then each task that is not right."""
    head = [f"{report.assignment}: {clean(report.submission)}", ""]
    head += [click.unstyle(line) for line in terminal.rows(report)]
    isolation = click.unstyle(terminal.shut_off(report))
    head += ["", *(mark_sum.lines(report) or [points(report)])]
    head[-1] += isolation
    head += terminal.notes(report)
    open_tasks = [task for task in report.tasks if remarkable(task)]
    return "\n\n".join(["\n".join(head), *(task_text(task, file) for task in open_tasks)]) + "\n"


def markdown(report: Report, file: str) -> str:
    """The report as Markdown: a table of the tasks, the sum, and each task that is not right."""
    head = [f"# {report.assignment}: {_inline(report.submission)}", ""]
    head += ["| task | points | verdict |", "|---|---|---|"]
    for task in report.tasks:
        earned = f"{task.score:g} of {task.max_score:g}"
        head.append(f"| `{task.name}` | {earned} | {terminal.verdict(task)} |")
    sums = mark_sum.lines(report) or [points(report)]
    sums += terminal.notes(report)
    head += [line for words in sums for line in ("", _inline(words))]
    parts = ["\n".join(head)]
    for task in filter(remarkable, report.tasks):
        said = task_text(task, file)
        fence = "`" * (max(map(len, re.findall("`+", said)), default=0) + 3)
        parts.append(f"## {task.name}\n\n{fence}text\n{said}\n{fence}")
    return "\n\n".join(parts) + "\n"


def _inline(words: str) -> str:
    """Text in which nothing is Markdown or HTML."""
    return MARKED.sub(r"\\\g<0>", " ".join(clean(words, PARAGRAPH).split()))


def points(report: Report) -> str:
    return f"{report.score:g} of {report.max_score:g} points"


def remarkable(task: TaskReport) -> bool:
    """Whether there is something to say about a task: it is not right, or has other points."""
    return task.verdict != "right" or bool(task.reason)


def task_text(task: TaskReport, file: str) -> str:
    """One task as text: how its points come about, message, diagnosis and counterexample."""
    lines = terminal.detail(task, file)
    if task.reason:
        earned = f"{task.score:g} of {task.max_score:g} points"
        lines.insert(0, f"  {task.name}: {earned}, {task.reason}")
    return click.unstyle("\n".join(line.removeprefix("  ") for line in lines))


def in_short(report: Report) -> str:
    """One line for a cell of a table: the points, and what to work on."""
    problems = [f"{task.name}: {_problem(task)}" for task in report.tasks if remarkable(task)]
    return "; ".join([points(report), *mark_sum.steps(report), *problems])


def _problem(task: TaskReport) -> str:
    words = task.diagnosis["misconception"] if task.diagnosis else task.verdict
    return f"{words} ({task.reason})" if task.reason.startswith(BY_HAND) else words


def page(report: Report) -> str:
    """The report as a self-contained HTML page."""
    title = f"{report.assignment}: {clean(report.submission)}"
    return document(title, html_format.section(report))
