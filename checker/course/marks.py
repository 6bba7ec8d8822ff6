"""How the points of a submission become a mark: the table [marks] of a manifest or a course.

The mark is the sum of the points of the tasks, less what a late submission costs, rounded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEYS = ("due", "grace_minutes", "late_per_day", "late_most", "attempts", "bonus", "rounding")
ATTEMPTS = ("last", "best")
DIGITS = 2  # of points, so that the points that a report shows add up to the sum it shows


@dataclass(frozen=True)
class Marks:
    """The rules of one assignment.

    What is submitted more than `grace_minutes` after `due` loses `late_per_day`, a share of all
    points, for each day that has begun since then, but no more than the share `late_most`.
    `attempts` says which of several submissions counts. The points of the tasks in `bonus` come on
    top of all points. The mark is rounded to a multiple of `rounding`, if that is not 0.
    """

    due: datetime | None = None
    grace_minutes: float = 0.0
    late_per_day: float = 0.0
    late_most: float = 1.0
    attempts: str = "last"
    bonus: tuple[str, ...] = ()
    rounding: float = 0.0


def total(points: Iterable[float]) -> float:
    """The sum of points, without what floats add to it: 0.1 and 0.2 are 0.3."""
    return round(sum(points), DIGITS)


def declared(table: dict[str, Any]) -> Marks:
    return Marks(**{**table, "bonus": tuple(table.get("bonus", ()))})


def problems(table: Any, tasks: list[str] | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """The problems of a table [marks], each with the place of its key.

    `tasks` are those of the assignment, or None in a table for all assignments of a course.
    """
    if not isinstance(table, dict):
        yield (), "marks must be a table: [marks]"
        return
    for key in table.keys() - set(KEYS):
        yield (key,), f"{key!r} is not a known key of [marks]: use {', '.join(KEYS)}"
    due = table.get("due")
    if due is not None and not (isinstance(due, datetime) and due.tzinfo):
        yield (
            ("due",),
            "due must be a time with its distance from UTC: due = 2026-03-01T23:59:00+01:00",
        )
    for key, most in {"late_per_day": 1, "late_most": 1, "grace_minutes": 1e6}.items():
        if not _within(table.get(key, 0), most):
            yield (key,), f"{key} must be a number from 0 to {most:g}"
    rounding = table.get("rounding", 0)
    if not _within(rounding, 100) or round(rounding, DIGITS) != rounding:
        yield ("rounding",), "rounding must be a number with at most two decimals, such as 0.5"
    if table.get("attempts", "last") not in ATTEMPTS:
        yield ("attempts",), f"attempts must be {' or '.join(map(repr, ATTEMPTS))}"
    bonus = table.get("bonus", [])
    if not isinstance(bonus, list) or not all(isinstance(name, str) for name in bonus):
        yield ("bonus",), 'bonus must be a list of tasks: ["network_gradient"]'
        return
    if bonus and tasks is None:
        yield (
            ("bonus",),
            "bonus belongs to an assignment: [change.NAME.marks]",
        )
    for name in bonus:
        if tasks is not None and name not in tasks:
            yield ("bonus",), f"there is no task {name!r}. The tasks are {', '.join(tasks)}"
    if tasks and not set(tasks) - set(bonus):
        yield ("bonus",), "some task must be left that is no bonus"


def _within(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most
