"""The notebook magics: `%load_ext checker`, then `%check TASK`, `%check NAME`, or `%%check`.

The source of the functions is taken from the cells that were run and sent to a worker. The
functions are not called in the notebook itself. This module does not import IPython.
"""

import json
import re
from functools import partial
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import click

from checker.course import assignment as assignments
from checker.course.assignment import Assignment
from checker.grading.report import Report
from checker.grading.session import Submission
from checker.student import dependence, progress, task_names

USAGE = "Write %check TASK or %check NAME, or start a cell with %%check. `!check` lists the names."
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
        inside = "".join(
            [*html_format.notes(self.report), *map(html_format.task_section, self.report.tasks)]
        )
        head = f"<p><strong>{escape(self.report.assignment)}</strong>: {points}</p>"
        return f'<style>{style}</style><div class="gradproof">{head}{inside}</div>'


def load(shell: Any) -> None:
    """Register the magic `check` with an IPython shell."""
    shell.register_magic_function(partial(check, shell), "line_cell", "check")


def check(shell: Any, line: str, cell: str | None = None) -> Graded | None:
    """Grade the task or the assignment that the line names.

    A cell is run first, and the tasks that it defines are graded. `line` may then name their
    assignment.
    """
    words = tuple(line.split())
    try:
        if cell is not None:
            if not shell.run_cell(cell).success:
                return None
            assignment, names = _defined(words, cell)
        else:
            assignment, names = _named(words)
    except LookupError as error:
        click.echo(str(error))
        return None
    report = _grade(assignment, names, shell.user_ns["In"])
    progress.record(Path(), report)
    return Graded(report)


def _named(words: tuple[str, ...]) -> tuple[Assignment, tuple[str, ...]]:
    if not words:
        raise LookupError(USAGE)
    if len(words) == 1 and words[0] in assignments.names():
        return assignments.find(words[0]), ()
    assignment, task = task_names.find(words, Path())
    return assignment, (task.function,)


def _defined(words: tuple[str, ...], cell: str) -> tuple[Assignment, tuple[str, ...]]:
    """The tasks that a cell defines, and their assignment, which `words` may name."""
    names = dict.fromkeys(re.findall(r"(?m)^def (\w+)", cell))
    known = {task.function for name in assignments.names() for task in assignments.find(name).tasks}
    pairs = [task_names.find((*words, name), Path()) for name in names if name in known]
    if not pairs:
        raise LookupError("this cell defines no function of a task. Add one to it.")
    assignment = pairs[0][0]
    return assignment, tuple(
        task.function for other, task in pairs if other.name == assignment.name
    )


def _grade(assignment: Assignment, names: tuple[str, ...], cells: list[str]) -> Report:
    from checker.cases import case_cache
    from checker.grading import pipeline
    from checker.student.progress_bar import Waiting

    with Waiting("Making the cases, once", len(assignment.tasks)) as bar:
        case_sets = case_cache.load(assignment, bar.step)
    return pipeline.grade(
        assignment, case_sets, _submission(assignment, cells), only=names, shrink=True
    )


def _submission(assignment: Assignment, cells: list[str]) -> Submission:
    """The cells that were run as a notebook, numbered like In[1], In[2], ..."""
    sources = dependence.needed(cells[1:], [task.function for task in assignment.tasks])
    kept = [{"cell_type": "code", "source": source} for source in sources]
    return Submission("this notebook", NOTEBOOK_NAME, json.dumps({"cells": kept}).encode())
