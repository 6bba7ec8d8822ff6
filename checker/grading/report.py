"""The results of grading. The fields of these records are the keys of the JSON format."""

from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from checker.cases.counterexample import Counterexample


class Diagnosis(TypedDict):
    """The misconception that explains the answers, and how certain that is."""

    mistake: str
    certainty: str
    misconception: str
    hint: str
    also: NotRequired[list[str]]


class Line(TypedDict):
    """A line of the submission. In a notebook, `cell` is the code cell, counted from 1."""

    cell: int | None
    number: int
    text: str


class Fresh(TypedDict):
    """How a task fails a fresh case. Only the teacher's reports show it."""

    message: str
    counterexample: Counterexample | None


@dataclass(frozen=True, slots=True)
class TaskReport:
    """The verdict on one task, with all that a report shows.

    `fresh` is for the teacher alone. `reason` says how the points come about, if some are missing.
    """

    name: str
    verdict: str
    score: float
    max_score: float
    message: str = ""
    counterexample: Counterexample | None = None
    diagnosis: Diagnosis | None = None
    line: Line | None = None
    fresh: Fresh | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on one submission."""

    assignment: str
    submission: str
    score: float
    max_score: float
    tasks: list[TaskReport]
    notes: list[str] = field(default_factory=list)
    isolation: str = ""  # of the sandbox: "full", "limits only" or "none"; "" if it never ran
