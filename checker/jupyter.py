"""In a notebook: `%load_ext checker`, then `%check TASK`, `%check NAME`, or `%%check` over a cell.

The functions are sent to a worker as source, taken from the cells that were run; they are not
called where they were defined. Nothing here imports IPython.
"""

import json
import re
from functools import partial
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import click

from checker import assignment as assignments
from checker import dependence, progress, tasks
from checker.assignment import Assignment
from checker.graded import Report
from checker.session import Submission

HOW = (
    "%check TASK or %check NAME, or %%check as the first line of a cell. `!check` lists the names."
)
FILENAME = "notebook.ipynb"


class Graded:
    """A report, as rich as the place it is shown in allows."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __repr__(self) -> str:
        from checker.reports import terminal

        return click.unstyle(terminal.one(self.report))

    def _repr_html_(self) -> str:
        from checker.reports import html

        style = (resources("checker.reports") / "cell.css").read_text(encoding="utf-8")
        points = f"{self.report.score:g} of {self.report.max_score:g} points"
        inside = "".join([*html.notes(self.report), *map(html.task_section, self.report.tasks)])
        head = f"<p><strong>{escape(self.report.assignment)}</strong>: {points}</p>"
        return f'<style>{style}</style><div class="gradproof">{head}{inside}</div>'


def load(shell: Any) -> None:
    shell.register_magic_function(partial(check, shell), "line_cell", "check")


def check(shell: Any, line: str, cell: str | None = None) -> Graded | None:
    """Grade what the line names; of a cell, run it first, and grade what it defines."""
    words = tuple(line.split())
    try:
        if cell is not None:
            if not shell.run_cell(cell).success:
                return None
            found, names = _defined(words, cell)
        else:
            found, names = _named(words)
    except LookupError as error:
        click.echo(str(error))
        return None
    report = _grade(found, names, shell.user_ns["In"])
    progress.record(Path(), report)
    return Graded(report)


def _named(words: tuple[str, ...]) -> tuple[Assignment, tuple[str, ...]]:
    if not words:
        raise LookupError(HOW)
    if len(words) == 1 and words[0] in assignments.names():
        return assignments.find(words[0]), ()
    found, task = tasks.find(words, Path())
    return found, (task.function,)


def _defined(words: tuple[str, ...], cell: str) -> tuple[Assignment, tuple[str, ...]]:
    """The tasks whose functions a cell defines; all of one assignment, which may be named."""
    names = dict.fromkeys(re.findall(r"(?m)^def (\w+)", cell))
    known = {task.function for name in assignments.names() for task in assignments.find(name).tasks}
    pairs = [tasks.find((*words, name), Path()) for name in names if name in known]
    if not pairs:
        raise LookupError("this cell defines no function that is a task.")
    found = pairs[0][0]
    return found, tuple(task.function for each, task in pairs if each.name == found.name)


def _grade(found: Assignment, names: tuple[str, ...], cells: list[str]) -> Report:
    from checker import bank, grading
    from checker.waiting import Waiting

    with Waiting("Making the cases, once", len(found.tasks)) as bar:
        banks = bank.load(found, bar.step)
    return grading.grade(found, banks, _submission(found, cells), names, shrink=True)


def _submission(found: Assignment, cells: list[str]) -> Submission:
    """A notebook whose cells are counted as In[1], In[2], ... are."""
    sources = dependence.needed(cells[1:], [task.function for task in found.tasks])
    kept = [{"cell_type": "code", "source": source} for source in sources]
    return Submission("this notebook", FILENAME, json.dumps({"cells": kept}).encode())
