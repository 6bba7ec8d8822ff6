"""An assignment as a Jupyter notebook: its text, and below each part the functions it asks for.

Formulas are LaTeX, which Jupyter sets.
The same assignment always gives the same bytes: they do not depend on the machine or the time.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from checker.course.assignment import PICTURE, Assignment, Task
from checker.handout.latex_text import with_latex
from checker.handout.starter import functions

HEADING = re.compile(r"#{1,6} ")
FENCE = re.compile(r" {0,3}(```|~~~)")
NO_PICTURES: dict[str, bytes] = {}
NOTEBOOK_FORMAT = {"nbformat": 4, "nbformat_minor": 5}
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(assignment: Assignment) -> str:
    """The notebook as Jupyter stores it."""
    cells = list(_cells(assignment))
    return (
        json.dumps({"cells": cells, "metadata": NOTEBOOK_METADATA, **NOTEBOOK_FORMAT}, indent=1)
        + "\n"
    )


def sections(text: str) -> list[str]:
    """A Markdown text, split before each heading. In code blocks, no line is a heading."""
    parts, fenced = [""], ""
    for line in text.splitlines(keepends=True):
        fence = FENCE.match(line)
        if fence and fenced in ("", fence[1]):
            fenced = "" if fenced else fence[1]
        if HEADING.match(line) and not fenced:
            parts.append("")
        parts[-1] += line
    return [part.strip("\n") for part in parts if part.strip()]


def _cells(assignment: Assignment) -> Iterator[dict[str, Any]]:
    parts = sections(assignment.text)
    placed: dict[int, list[tuple[int, Task]]] = {}
    for place, task in enumerate(assignment.tasks, 1):
        placed.setdefault(_part_number(task.function, parts), []).append((place, task))
    source = functions(assignment)
    for number, part in enumerate(parts):
        yield _markdown(f"text-{number + 1}", with_latex(part), assignment.pictures)
        if number == 0:
            yield _code("imports", "import numpy as np\n\n%load_ext gradproof")
        for place, task in placed.get(number, ()):
            if source[task.function]:
                yield _code(f"task-{place}", source[task.function])
            yield _code(f"check-{place}", f"%check {assignment.name} {task.function}")
    yield _markdown("text-check", "## Check everything")
    yield _code("check", f"%check {assignment.name}")


def _part_number(name: str, parts: list[str]) -> int:
    """The number of the part whose heading, or else whose text, names a function; else the last."""
    called = f"`{name}`"
    headed = [n for n, part in enumerate(parts) if called in part.partition("\n")[0]]
    named = [n for n, part in enumerate(parts) if called in part]
    return (headed or named or [len(parts) - 1])[0]


def _markdown(mark: str, text: str, pictures: Mapping[str, bytes] = NO_PICTURES) -> dict[str, Any]:
    """A text cell. Its pictures are attached to it, so that the notebook is a single file."""
    shown = PICTURE.findall(text)
    text = PICTURE.sub(lambda match: match[0].replace("](", "](attachment:"), text)
    cell = {"cell_type": "markdown", "id": mark, "metadata": {}, "source": _lines(text)}
    inside = {name: {"image/png": b64encode(pictures[name]).decode()} for name in shown}
    return cell | ({"attachments": inside} if inside else {})


def _code(mark: str, text: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "id": mark, **empty, "source": _lines(text)}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
