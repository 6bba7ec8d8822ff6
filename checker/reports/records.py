"""Reports as JSON: the contract that other programs read.

One submission is one object:

    assignment    name of the assignment
    submission    name of the file or folder handed in
    score         points earned
    max_score     points there are
    tasks         a list, in the order of the assignment:
        name            the function the student writes
        verdict         right, other convention, unstable, wrong, mutates its input, crashed, timed
                        out, missing or not started
        score           points earned
        max_score       points there are
        message         what is wrong, in one line; empty where nothing is
        counterexample  null, or the smallest case that shows it:
            inputs      each argument by its name, as nested lists
            expected    each result that is off, as it should be; words where that is a range,
                        or no answer but a ValueError
            got         the same results as they came, or words where they were no numbers
            failing     how many cases fail
            cases       how many there are
            source      where the case comes from, if it is a worked example
        diagnosis       null, or what explains the answers:
            mistake, misconception, hint
            certainty   certain: it gives every one of these answers; likely: with a number fitted
                        to them; observed: a pattern or a broken law, not a cause
            also        only where there is more to say: a list of sentences
        line            null, or the line of the submission that raised the exception or computes
                        what is wrong, as far as its text tells: its number, its text, and its
                        cell, counted among the code cells of a notebook, else null
    notes         what went wrong while the file itself was read, statement by statement
    isolation     full, limits only or none: how far the submission was shut off while it ran;
                  empty where nothing ran

A class is {"assignment": ..., "submissions": [one object each]}, and each of these has also

    file          the file that was graded, of those handed in; empty where none could be
    people        a list of the students: id, name and email, as far as the platform tells
    group         what the platform calls the group, or empty
    late          whether the platform marked it late
    submitted     when it was handed in, as the platform writes it
    earlier       how often they had handed in before

NaN and infinity are the texts
"nan", "inf" and "-inf", because JSON has no numbers for them.
"""

import json
import math
from dataclasses import asdict
from typing import Any

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.graded import Report
from checker.reports.forms import Files, Options


def one(report: Report) -> str:
    return _dump(asdict(report))


def many(assignment: str, rows: list[Row]) -> str:
    return _dump({"assignment": assignment, "submissions": [_row(row) for row in rows]}) + "\n"


def _row(row: Row) -> dict[str, Any]:
    handin = row.handin
    return asdict(row.report) | {
        "file": row.file,
        "people": [asdict(person) for person in handin.people],
        "group": handin.group,
        "late": handin.late,
        "submitted": handin.submitted,
        "earlier": handin.earlier,
    }


def _dump(value: Any) -> str:
    return json.dumps(_finite(value), indent=2, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    return {"results.json": many(assignment.name, rows).encode()}
