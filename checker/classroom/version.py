"""What a grade depends on, as one short text: the same text promises the same grade.

It is made of contents, not of dates and paths, so that a grade outlives a fresh installation.
"""

import dataclasses
import hashlib
import platform
from typing import Any

import numpy as np

from checker.assignment import Assignment
from checker.bank import ROOT, TaskBank
from checker.session import Submission
from checker.worker import wire

GRADING = (
    "reference",
    *(f"checker/{room}" for room in ("alternatives", "diagnosis", "kinds", "mistakes", "worker")),
)


def of(
    assignment: Assignment, banks: dict[str, TaskBank], hidden: dict[str, TaskBank] | None = None
) -> str:
    """Of an assignment with its banks, the specification, the checker and what they run on."""
    sources = [path for folder in GRADING for path in (ROOT / folder).rglob("*.py")]
    sources = sorted([*sources, *(ROOT / "checker").glob("*.py")])
    texts = [[path.relative_to(ROOT).as_posix(), path.read_bytes()] for path in sources]
    own = [p.read_bytes() for p in sorted(assignment.folder.glob("mistakes/*.py"))]
    rules = [assignment.name, assignment.seconds, assignment.imports, assignment.tasks]
    known = [*rules, banks, hidden or {}, own]
    return _key([np.__version__, platform.python_version(), known, texts])


def submission(version: str, handed_in: Submission) -> str:
    """The key of a grade: these files, graded by this version."""
    return _key([version, handed_in.filename, handed_in.data, handed_in.others])


def _key(value: Any) -> str:
    # A message of the wire says of each value what it is and how long: no two read the same.
    return hashlib.sha256(wire.encode(_plain(value))).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, each.name)) for each in dataclasses.fields(value)]
    if isinstance(value, dict):
        return [[name, _plain(each)] for name, each in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
