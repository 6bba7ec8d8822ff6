"""The case sets of an assignment, generated once and stored in the user's cache folder.

Those of shipped assignments come with an installed package (`shipped`). Case sets are the same on
every machine. The name of a cached file contains a checksum of everything that the cases depend on,
so a stale file is never read and the cache never needs to be cleared.
"""

import contextlib
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cases import shipped
from checker.course import code
from checker.course.assignment import Assignment
from checker.sandbox import interpreter

if TYPE_CHECKING:
    from checker.cases.case_set import CaseSet

GENERATION = "checker.cases.generation"


def place(assignment: Assignment) -> Path:
    """The file that has the case sets of an assignment, or will have them.

    This needs no numpy, so it can be done while another process imports it.
    """
    made_at_build = shipped.file(assignment)
    return made_at_build if made_at_build.is_file() else file(assignment, GENERATION)


def load(
    assignment: Assignment, made: Callable[[str], object] = str, known: Path | None = None
) -> "dict[str, CaseSet]":
    """Return the case sets of all tasks from their file, or generate and cache them.

    `made` is called with the name of each task whose case set has been generated. Their file may be
    `known` already.
    """
    from checker.cases import published
    from checker.cases.case_set import freeze
    from checker.sandbox import wire

    if published.is_published(assignment.folder):
        return published.case_sets(assignment.folder)
    if (ready := _stored(known or place(assignment))) is not None:
        return ready
    path = file(assignment, GENERATION)
    if (kept := _stored(path)) is not None:
        return kept
    from checker.cases import generation  # imports the reference and the mutants

    case_sets = {}
    for task in assignment.tasks:
        with code.operation(task.operation):
            case_sets[task.function] = generation.generate(task, assignment.folder)
        made(task.function)
    keep(path, wire.encode(freeze(case_sets)))
    return case_sets


def _stored(path: Path) -> "dict[str, CaseSet] | None":
    """The case sets in a file, or None if it is missing or damaged."""
    from checker.cases.case_set import thaw
    from checker.sandbox import wire

    with contextlib.suppress(OSError, wire.BadMessageError, ValueError, TypeError):
        return thaw(wire.decode(path.read_bytes()))
    return None


def keep(path: Path, data: bytes) -> None:
    """Write a file of the cache. A full or read-only disk only means to compute it again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        try:
            unfinished.write_bytes(data)
            unfinished.replace(path)
        except OSError:
            unfinished.unlink()


def file(assignment: Assignment, module: str, ending: str = "cases") -> Path:
    """The cached file of what a module makes, named after a checksum of all that it depends on."""
    import platformdirs

    from checker.cases import provenance

    tasks = tuple(replace(task, calls="") for task in assignment.tasks)  # cases are the same
    key = provenance.checksum(replace(assignment, tasks=tasks), __name__, module)[:16]
    folder = platformdirs.user_cache_path("gradproof", appauthor=False) / "cases"
    return folder / f"{assignment.name}-{key}-numpy{numpy_version()}.{ending}"


def numpy_version() -> str:
    """The version of numpy, without importing it."""
    text = Path(interpreter.folder_of_numpy(), "numpy", "version.py").read_text(encoding="utf-8")
    return re.findall(r'^version = "(.+)"$', text, re.MULTILINE)[0]
