"""The marks of a class: the points of the tasks, and each step from them to the mark.

Every report shows the steps, so that the sum can be checked by hand. Sums are decimal: the numbers
that a report shows are the numbers that were added.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from checker.classroom import overrides
from checker.classroom.class_list import ClassRow
from checker.classroom.lateness import Calendar
from checker.classroom.overrides import Overrides
from checker.course.assignment import Assignment
from checker.course.marks import Marks
from checker.grading.report import Step

CENT = Decimal("0.01")
ATTEMPT, LATE, ROUNDING = "best attempt", "late penalty", "rounding"  # names of steps


def rows(
    graded: list[ClassRow],
    earlier: dict[str, list[ClassRow]],
    given: Overrides,
    assignment: Assignment,
    calendar: Calendar,
) -> list[ClassRow]:
    """The rows with their marks. `earlier` has those of earlier submissions that may count."""
    made = []
    for row in graded:
        others = (e for e in earlier.get(row.submission.name, ()) if _asks(assignment, e))
        counted = (overrides.applied(each, given) for each in (row, *others))
        marked = [applied(each, assignment, calendar) for each in counted]
        made.append(best(marked))
    return made


def applied(row: ClassRow, assignment: Assignment, calendar: Calendar) -> ClassRow:
    """The row with the mark in place of the sum of its points."""
    steps = [] if assignment.marks == Marks() else list(_steps(row, assignment, calendar))
    score = sum(map(_exact, (task.score for task in row.report.tasks)), Decimal())
    score += sum((_exact(step["points"]) for step in steps), Decimal())
    report = replace(
        row.report,
        score=float(score),
        max_score=assignment.maximum,
        steps=[*row.report.steps, *steps],
    )
    return replace(row, report=report)


def best(rows: list[ClassRow]) -> ClassRow:
    """The row with the highest mark, the first one if several have it.

    A step without points says so, if it is not the first.
    """
    chosen = max(rows, key=lambda row: row.report.score)
    if chosen is rows[0]:
        return chosen
    when = f" of {chosen.submission.submitted}" if chosen.submission.submitted else ""
    said = Step(
        name=ATTEMPT,
        points=0.0,
        why=f"the submission{when} counts; the last one has {rows[0].report.score:g} points",
    )
    report = replace(chosen.report, steps=[said, *chosen.report.steps])
    return replace(chosen, report=report, before=rows[0].before)


def _asks(assignment: Assignment, row: ClassRow) -> bool:
    """Whether a report is about the tasks of the assignment, with the same points."""
    reported = [(task.name, task.max_score) for task in row.report.tasks]
    return reported == [(task.function, task.points) for task in assignment.tasks]


def _steps(row: ClassRow, assignment: Assignment, calendar: Calendar) -> Iterator[Step]:
    rules, maximum = assignment.marks, _exact(assignment.maximum)
    points = sum(map(_exact, (task.score for task in row.report.tasks)), Decimal())
    late = calendar.late(row.submission)
    if row.graded and late.why:
        share = _exact(rules.late_per_day, "1e-9") * late.days
        most = _exact(rules.late_most, "1e-9")
        why = f"{late.why}; {_percent(rules.late_per_day)} of {assignment.maximum:g} for each day"
        if share > most:
            share, why = most, f"{why}, at most {_percent(rules.late_most)}"
        penalty = (share * maximum).quantize(CENT, ROUND_HALF_UP)
        if penalty > points:
            penalty, why = points, f"{why}, and no more than there are"
        if late.days == 0 or rules.late_per_day == 0:
            penalty, why = Decimal(), late.why
        points -= penalty
        yield Step(name=LATE, points=-float(penalty) if penalty else 0.0, why=why)
    if rules.rounding:
        unit = _exact(rules.rounding)
        rounded = (points / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
        if rounded != points:
            why = f"to a multiple of {rules.rounding:g}"
            yield Step(name=ROUNDING, points=float(rounded - points), why=why)


def _exact(number: float, digits: str = "0.01") -> Decimal:
    return Decimal(repr(float(number))).quantize(Decimal(digits), ROUND_HALF_UP)


def _percent(share: float) -> str:
    return f"{100 * share:g} %"
