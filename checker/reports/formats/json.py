"""Reports as JSON, the contract that other programs read: `results.schema.json` describes it.

The keys are the fields of the records. A change of a field or of its meaning is a new `VERSION`; a
new field is not.
"""

import json
import math
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from checker.classroom.class_list import ClassRow, Person
from checker.course.assignment import Assignment
from checker.grading.report import Report
from checker.reports.formats import Files, Options
from checker.sandbox.plain_text import visible

VERSION = 1


def one(report: Report) -> str:
    return dump({"version": VERSION, **asdict(report)})


def many(assignment: str, rows: list[ClassRow]) -> str:
    return "".join(_pieces(assignment, rows))


def _pieces(assignment: str, rows: list[ClassRow]) -> Iterator[str]:
    """A class, one submission after the other, as `dump` would indent it."""
    empty = dump({"version": VERSION, "assignment": assignment, "submissions": []})
    before, after = empty.rsplit("]", 1)
    yield before
    for number, row in enumerate(rows):
        yield ("," if number else "") + textwrap.indent(f"\n{dump(_row(row))}", "    ")
    yield ("\n  " if rows else "") + f"]{after}\n"


def _row(row: ClassRow) -> dict[str, Any]:
    submission = row.submission
    return asdict(row.report) | {
        "people": [_person(person) for person in submission.people],
        "group": submission.group,
        "late": submission.late,
        "submitted": submission.submitted,
        "earlier": submission.earlier,
        "overrides": [asdict(override) for override in row.overrides],
    }


def _person(person: Person) -> dict[str, Any]:
    keys = {key.space: key.value for key in person.keys}
    return {"id": person.id, "name": person.name, "email": person.email, "keys": keys}


def dump(value: Any) -> str:
    return json.dumps(_portable(value), indent=2, allow_nan=False)


def _portable(value: Any) -> Any:
    """The value with only the numbers and the characters that every reader of JSON accepts."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _portable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_portable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    yield "results.json", (piece.encode() for piece in _pieces(assignment.name, rows))
