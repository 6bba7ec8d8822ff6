"""What grading a submission comes to. These records, field by field, are the JSON contract."""

from dataclasses import dataclass, field
from typing import Any

BROKEN = ("wrong", "crashed")  # verdicts on what is there and does not do what it should


@dataclass(frozen=True, slots=True)
class TaskReport:
    """A verdict on one task, as every report shows it."""

    name: str
    verdict: str
    score: float
    max_score: float
    message: str = ""
    counterexample: dict[str, Any] | None = None
    diagnosis: dict[str, Any] | None = None
    line: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on one submission."""

    assignment: str
    submission: str
    score: float
    max_score: float
    tasks: list[TaskReport]
    notes: list[str] = field(default_factory=list)
    isolation: str = ""  # full, limits only, none: how far it was shut off; empty if it never ran
