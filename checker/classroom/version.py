"""Keys of stored grades: hashes of all that a grade depends on. Equal keys mean equal grades.

A key is made of contents, not of dates and paths, so that grades stay valid in a new installation.
"""

import dataclasses
import hashlib
import platform
from typing import Any

import numpy as np

from checker.cases import provenance
from checker.cases.case_set import CaseSet, freeze
from checker.course.assignment import Assignment
from checker.grading.submission import Opened
from checker.sandbox import wire

# The fork server is started by name and not imported, so it is listed beside the others.
GRADING = ("checker.grading.choose_file", "checker.grading.pipeline", "checker.sandbox.fork_server")


def of(assignment: Assignment, case_sets: dict[str, CaseSet], seed: int | None = None) -> str:
    """The version of a grader: an assignment, its case sets, all grading code, Python and numpy.

    `seed` is that of the fresh cases, if there are any: the code that makes them is grading code.
    """
    sources = provenance.checksum(assignment, *GRADING)
    rules = [assignment.name, assignment.seconds, assignment.imports, assignment.tasks]
    inputs = [*rules, assignment.own_solution, freeze(case_sets), str(seed)]
    return _key([np.__version__, platform.python_version(), inputs, sources])


def submission(version: str, files: list[Opened]) -> str:
    """The key of a grade: all files that were read, graded by this version."""
    read = [file for file in files if file.data is not None or file.problem]
    return _key([version, [[file.folder, file.name, file.data, file.problem] for file in read]])


def _key(value: Any) -> str:
    # The wire format includes types and lengths, so that different values never encode alike.
    return hashlib.sha256(wire.encode(_plain(value))).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
