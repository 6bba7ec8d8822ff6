"""A report for GitHub Actions: annotations on the lines of the submission, then the points.

The points have the form that GitHub Classroom reads. The text above them stands between two marks
that stop commands, because what a submission says must stay text.
"""

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from checker.grading.report import Report, TaskReport
from checker.reports import standing, terminal
from checker.sandbox.plain_text import PARAGRAPH, clean

LEVELS = {standing.FULL: "notice", standing.PARTLY: "warning", standing.NONE: "error"}
DEFINITION = re.compile(r"[ \t]{0,100}def[ \t]{1,100}(\w+)")
IN_DATA = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
IN_PROPERTY = IN_DATA | {ord(":"): "%3A", ord(","): "%2C"}


def github(report: Report, path: Path, text: str) -> str:
    """The text, then the commands that show the report at the file of this path."""
    mark = secrets.token_hex(16)  # only who knows it can end the quotation
    points = {"totalPoints": report.score, "maxPoints": report.max_score}
    in_words = f"Points {report.score:g}/{report.max_score:g}"
    return "\n".join(
        [
            f"::stop-commands::{mark}",
            text,
            f"::{mark}::",
            *_annotations(report, path),
            _command("notice", [in_words], title="Autograding complete"),
            _command("notice", [json.dumps(points)], title="Autograding report"),
        ]
    )


def _annotations(report: Report, path: Path) -> Iterator[str]:
    if not report.file:
        yield _command("error", report.notes, title=report.assignment)
        return
    place = {"file": path.as_posix()}
    for note in report.notes:
        yield _command("warning", [note], **place, title=report.assignment)
    begins = _first_lines(path)
    waiting = [task.name for task in report.tasks if standing.of(task) == standing.OPEN]
    for task in report.tasks:
        if task.verdict != "right" and task.name not in waiting:
            yield _of_task(task, place | begins.get(task.name, {}))
    if waiting:
        yield _command("warning", [", ".join(waiting)], **place, title=standing.OPEN)


def _first_lines(path: Path) -> dict[str, dict[str, str]]:
    """Where the functions of a Python file begin, for mistakes that have no line of their own."""
    if path.suffix != ".py":
        return {}
    lines = path.read_text("utf-8", "replace").split("\n")  # a form feed ends no line
    found = ((DEFINITION.match(line), str(number)) for number, line in enumerate(lines, 1))
    return {match[1]: {"line": number} for match, number in found if match}


def _of_task(task: TaskReport, place: dict[str, str]) -> str:
    said = ": ".join(filter(None, [terminal.verdict(task), task.message]))
    words = [f"{said} ({task.score:g} of {task.max_score:g} points)"]
    if task.diagnosis:
        words += [task.diagnosis["misconception"], task.diagnosis["hint"]]
    if task.line and task.line["cell"]:
        words.append(terminal.line(task.line))  # GitHub shows no lines of a notebook
    elif task.line:
        place = place | {"line": str(task.line["number"])}
    return _command(LEVELS[standing.of(task)], words, **place, title=task.name)


def _command(name: str, lines: list[str], **properties: str) -> str:
    """A command of GitHub Actions."""
    said = ",".join(f"{key}={text.translate(IN_PROPERTY)}" for key, text in properties.items())
    words = "\n".join(clean(line, PARAGRAPH) for line in lines if line)
    return f"::{name} {said}::{words.translate(IN_DATA)}"
