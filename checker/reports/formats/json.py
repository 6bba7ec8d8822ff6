"""Reports as JSON: the contract that other programs read.

One submission is one object:

    assignment    name of the assignment
    submission    name of the file or folder submitted
    score         points earned
    max_score     points possible
    tasks         a list, in the order of the assignment:
        name            the function that the student writes
        verdict         right, other convention, carried forward, unstable, other shape, mutates
                        its input, wrong, crashed, timed out, missing or not started
        score           points earned
        max_score       points possible
        reason          how the points come about, such as "2 of 3 results"; empty if all or none
                        are earned
        message         what is wrong, in one line; empty if nothing is
        counterexample  null, or the smallest case that shows it:
            inputs      each argument by its name, as nested lists
            code        each argument as a Python expression, as the submission receives it; absent
                        if one is too large to paste, or if statistical tests decide
            calls       number of calls with these inputs until one fails; absent if the first does
            expected    each wrong result as it should be; words if a range of values or a
                        ValueError is expected
            got         the same results as the submission returned them; words if they are
                        not numbers
            failing     number of failing cases
            cases       number of cases
            source      where the case comes from, if it is a worked example
        diagnosis       null, or what explains the answers:
            mistake, misconception, hint
            certainty   certain: it reproduces every answer and no other known cause does; likely:
                        it does so, but is not the only explanation; observed: a pattern or a
                        broken property, not a cause
            also        a list of further sentences; absent if there are none
        line            null, or the line of the submission that raised the exception, or that
                        probably computes the wrong result: its number, its text, and its cell,
                        counted among the code cells of a notebook, else null
        seen            null, or what could be seen of the call in the counterexample:
            printed     the beginning of what it printed, and cut, the number of further characters
            warnings    a list of warnings, each with the line that it is about
            calls       the functions of the submission that led to an exception, each with a line
        fresh           null, or how it fails a fresh case, for the teacher alone: its message and
                        counterexample; keep it from students
    notes         the statements that failed while the file itself was run
    isolation     full, limits only or none: how far the submission was sandboxed while it ran;
                  empty if nothing ran
    file          which of the submitted files was graded; empty if none could be

A class is {"assignment": ..., "submissions": [one object each]}, and each of these has also

    people        a list of the students: id, name and email, as far as the platform gives them,
                  and keys, an object with each value that identifies them, by its kind
    group         the name of the group on the platform, or empty
    late          whether the platform marked it late
    submitted     when it was submitted, as the platform writes it
    earlier       number of earlier submissions
    overrides     a list of the points that the teacher has given by hand, which are in the scores
                  already: task, points, comment, who, when, and before, the points of the grader

A character that shows nothing, or reverses text, is written as an escape such as \\u202e.
NaN and infinity are written as the texts "nan", "inf" and "-inf", because JSON has no numbers for
them.
"""

import json
import math
from dataclasses import asdict
from typing import Any

from checker.classroom.class_list import ClassRow, Person
from checker.course.assignment import Assignment
from checker.grading.report import Report
from checker.reports.formats import Files, Options
from checker.sandbox.plain_text import visible


def one(report: Report) -> str:
    return dump(asdict(report))


def many(assignment: str, rows: list[ClassRow]) -> str:
    return dump({"assignment": assignment, "submissions": [_row(row) for row in rows]}) + "\n"


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
    return {"results.json": many(assignment.name, rows).encode()}
