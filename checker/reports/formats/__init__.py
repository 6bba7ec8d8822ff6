"""The formats a class can be reported in: one module each, found by its name.

A format is a module here with a function `files`. It is imported when it is used, so that listing
the names is cheap. It makes its files one after the other and a large one in pieces, so that those
of a large class need little memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.classroom.class_list import ClassRow
    from checker.classroom.gradebook import Gradebook
    from checker.course.assignment import Assignment

DEFAULT_FORMATS = ("csv", "json")


@dataclass(frozen=True)
class Options:
    """A gradebook to fill in, with the submissions found in it."""

    gradebook: "Gradebook | None" = None


Files = Iterator[tuple[str, Iterable[bytes]]]  # paths in the output folder, and what is there
Format = Callable[["Assignment", "list[ClassRow]", Options], Files]


def names() -> list[str]:
    """The names of all formats, without importing any."""
    modules = [path.stem for path in Path(__file__).parent.glob("*.py")]
    return sorted(name for name in modules if not name.startswith("_"))


def make(name: str) -> Format:
    """The function of a format that makes its files."""
    files: Format = import_module(f"{__name__}.{name}").files
    return files
