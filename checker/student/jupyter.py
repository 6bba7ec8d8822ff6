"""The notebook magics: `%load_ext gradproof`, then `%check TASK`, `%check NAME`, or `%%check`.

`%check hint TASK`, `%check explain NAME` and `%check show TASK` do what they do in a terminal.
The source of the functions is taken from the cells that were run and sent to a worker. The
functions are not called in the notebook itself. This module does not import IPython.
"""

import contextlib
import io
import json
import re
from functools import partial
from html import escape
from importlib.resources import files as resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from checker.course import assignment as assignments
from checker.course.assignment import Assignment
from checker.grading import siblings
from checker.grading.report import Report
from checker.grading.submission import Opened, Submission
from checker.reports.screen import PAGE, wrapped
from checker.student import dependence, hand_in, names, progress, task_names
from checker.student.calls import CannotCallError

USAGE = "Write %check TASK or %check NAME, or start a cell with %%check. `!check` lists the names."
SPOKEN = ("hint", "explain")  # commands that give words
NO_CELLS = (
    "%check grades the cells of a notebook or a session, and none was run here. "
    "A file of Python is graded by `check NAME FILE` in a terminal."
)
NO_MATPLOTLIB = "%check show needs matplotlib: run %pip install matplotlib, then restart."
NOTEBOOK_NAME = "notebook.ipynb"


class Graded:
    """A report, shown as HTML in a notebook and as text elsewhere."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __repr__(self) -> str:
        from checker.reports import terminal

        return click.unstyle(terminal.one(self.report))

    def _repr_html_(self) -> str:
        from checker.reports.formats import html as html_format

        style = (resources("checker.reports") / "cell.css").read_text(encoding="utf-8")
        points = f"{self.report.score:g} of {self.report.max_score:g} points"
        tasks = map(html_format.task_section, self.report.tasks)
        inside = "".join([html_format.notes(self.report), *tasks])
        head = f"<p><strong>{escape(self.report.assignment)}</strong>: {points}</p>"
        return f'<style>{style}</style><div class="gradproof">{head}{inside}</div>'


class Drawn:
    """A picture, shown as an image in a notebook."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure

    def _repr_png_(self) -> bytes:
        data = io.BytesIO()
        self.figure.savefig(data, format="png", dpi=100)
        return data.getvalue()


def load(shell: Any) -> None:
    """Register the magic `check` with an IPython shell."""
    shell.register_magic_function(partial(check, shell), "line_cell", "check")


def check(shell: Any, line: str, cell: str | None = None) -> Graded | Drawn | None:
    """Grade the task or the assignment that the line names, or do what its first word says.

    A cell is run first, and the tasks that it defines are graded. `line` may then name their
    assignment.
    """
    words = tuple(line.split())
    try:
        if cell is None and words[1:] and words[0] in SPOKEN:
            click.echo(_said(*words).replace("`check ", "`%check "))
            return None
        if not shell.user_ns["In"][1:]:  # in a file .ipy, of which IPython would show no result
            raise LookupError(NO_CELLS)
        if cell is None and words[1:] and words[0] == "show":
            return _drawn(words[1:], shell.user_ns["In"])
        if cell is not None:
            if not shell.run_cell(cell).success:
                return None
            assignment, names = _defined(words, cell)
        else:
            assignment, names = _named(words)
    except (LookupError, CannotCallError) as error:
        click.echo(str(error))
        return None
    submission = _submission(assignment, shell.user_ns["In"])
    report = _grade(assignment, names, submission)
    progress.record(Path(), report, _handed_in(submission.data))
    return Graded(report)


def _said(command: str, *words: str) -> str:
    from checker.student import explanations, hints, operation_text

    if command == "hint":
        return click.unstyle(hints.given(words, Path(), PAGE.columns))
    derivative = "--derivative" in words
    names = tuple(word for word in words if word != "--derivative")
    operation = explanations.find(names, Path())
    parts, kept = explanations.parts(operation, Path(), derivative)
    told = "\n".join(wrapped(kept, PAGE.columns))
    return "\n\n".join(filter(None, [operation_text.text(parts, PAGE.columns), told]))


def _drawn(words: tuple[str, ...], cells: list[str]) -> Drawn:
    if find_spec("matplotlib") is None:
        raise LookupError(NO_MATPLOTLIB)
    if find_spec("checker.student.figures") is None:
        raise LookupError("Pictures are not part of what your teacher has published.")
    from checker.student import figures

    assignment, task = task_names.find(words, Path())
    return Drawn(figures.of_submission(assignment, task, _submission(assignment, cells)))


def _named(words: tuple[str, ...]) -> tuple[Assignment, tuple[str, ...]]:
    if not words:
        raise LookupError(USAGE)
    if len(words) == 1 and (name := names.assignment(words[0])):
        return assignments.find(name), ()
    assignment, task = task_names.find(words, Path())
    return assignment, (task.function,)


def _defined(words: tuple[str, ...], cell: str) -> tuple[Assignment, tuple[str, ...]]:
    """The tasks that a cell defines, and their assignment, which `words` may name."""
    names = dict.fromkeys(re.findall(r"(?m)^(?:def|class) (\w+)", cell))
    course = map(assignments.find, assignments.names())
    asked = [(name, task.function) for each in course for task in each.tasks for name in task.names]
    wanted = dict.fromkeys(task for name in names for own, task in asked if own == name)
    pairs = [task_names.find((*words, task), Path()) for task in wanted]
    if not pairs:
        raise LookupError("this cell defines no function of a task. Add one to it.")
    assignment = pairs[0][0]
    return assignment, tuple(
        task.function for other, task in pairs if other.name == assignment.name
    )


def _grade(assignment: Assignment, names: tuple[str, ...], submission: Submission) -> Report:
    from checker.grading import pipeline
    from checker.student.progress_bar import case_sets

    return pipeline.grade(assignment, case_sets(assignment), submission, only=names, shrink=True)


def _handed_in(data: bytes) -> hand_in.HandIn | None:
    """What would be handed in with these cells, or None if a module of theirs cannot be."""
    with contextlib.suppress(hand_in.IntakeError):
        return hand_in.gathered(Path(NOTEBOOK_NAME), data)
    return None


def _submission(assignment: Assignment, cells: list[str]) -> Submission:
    """The cells that were run as a notebook, numbered like In[1], In[2], ..."""
    sources = dependence.needed(cells[1:], assignment.names)
    kept = [{"cell_type": "code", "source": source} for source in sources]
    data = json.dumps({"cells": kept}).encode()
    beside = siblings.mentioned(Path(NOTEBOOK_NAME), data)
    others = siblings.importable(beside, Opened(NOTEBOOK_NAME))
    return Submission("this notebook", NOTEBOOK_NAME, data, others)
