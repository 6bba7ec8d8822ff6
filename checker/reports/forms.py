"""The forms a class can be written in: their names, and which file makes each. Imports none."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.assignment import Assignment
    from checker.classroom.handin import Row

FORMS = {
    "csv": "checker.reports.table",
    "json": "checker.reports.records",
    "html": "checker.reports.html",
    "feedback": "checker.reports.feedback",
    "gradescope": "checker.reports.gradescope",
    "canvas": "checker.reports.canvas",
    "moodle": "checker.reports.moodle",
    "junit": "checker.reports.junit",
}
ALWAYS = ("csv", "json")
NAMES = [name for name in FORMS if name not in ALWAYS]


class FormError(ValueError):
    """A report that cannot be made of what was given, and what is missing."""


@dataclass(frozen=True)
class Options:
    """A gradebook to fill in, as its platform exported it, and the column to fill."""

    gradebook: bytes | None = None
    column: str | None = None


Files = dict[str, bytes]  # by their paths in the output folder
Form = Callable[["Assignment", "list[Row]", Options], Files]


def form(name: str) -> Form:
    """Every form is a function `files` in a module of its own."""
    found: Form = import_module(FORMS[name]).files
    return found
