"""The results of grading. The fields of these records are the keys of the JSON format."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:  # reports on right files are shown without numpy
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


class Warned(TypedDict):
    """A warning of numpy or Python, and the line of the submission that it is about."""

    line: int
    text: str


class Called(TypedDict):
    """A function of the submission, and the line in it that was running."""

    function: str
    line: int


class Seen(TypedDict):
    """What could be seen of the call in the counterexample.

    `cut` is the number of characters that it printed beyond those kept. `calls` are those that led
    to an exception, the outermost first.
    """

    printed: str
    cut: int
    warnings: list[Warned]
    calls: list[Called]


class Fresh(TypedDict):
    """How a task fails a fresh case. Only the teacher's reports show it."""

    message: str
    counterexample: "Counterexample | None"


class Step(TypedDict):
    """What is added to the points of the tasks, or taken from them, and why."""

    name: str
    points: float
    why: str


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
    counterexample: "Counterexample | None" = None
    diagnosis: Diagnosis | None = None
    line: Line | None = None
    seen: Seen | None = None
    fresh: Fresh | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on one submission. `score` is the sum of its `tasks` and of its `steps`.

    `max_score` is without the points of a bonus, so that `score` may be higher.
    """

    assignment: str
    submission: str
    score: float
    max_score: float
    tasks: list[TaskReport]
    notes: list[str] = field(default_factory=list)
    isolation: str = ""  # of the sandbox: "full", "limits only" or "none"; "" if it never ran
    file: str = ""  # which of the submitted files was graded
    steps: list[Step] = field(default_factory=list)
