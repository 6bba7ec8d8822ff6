"""Grading a folder of submissions, several at a time; one bad submission never stops the rest."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from checker import bank
from checker.assignment import Assignment
from checker.bank import TaskBank
from checker.classroom import intake
from checker.grading import Report, TaskReport, grade
from checker.reports import records, table


def grade_all(assignment: Assignment, found: list[tuple[str, Path]], jobs: int) -> Iterator[Report]:
    """Reports in the order of the submissions, as they are done."""
    banks = bank.load(assignment)
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(partial(_grade_one, assignment, banks), found)


def _grade_one(
    assignment: Assignment, banks: dict[str, TaskBank], found: tuple[str, Path]
) -> Report:
    name, path = found
    try:
        submission = intake.read(path, name)
    except intake.IntakeError as error:
        return ungraded(assignment, name, str(error))
    return grade(assignment, banks, submission)


def ungraded(assignment: Assignment, name: str, why: str) -> Report:
    """No points, and the reason with every task."""
    tasks = [
        TaskReport(task.function, "missing", 0.0, task.points, why) for task in assignment.tasks
    ]
    return Report(assignment.name, name, 0.0, assignment.points, tasks, [why])


def write(out: Path, assignment: str, reports: list[Report]) -> None:
    """Both files whole or not at all: a full disk leaves what was there before."""
    contents = {
        "grades.csv": table.table(reports),
        "results.json": records.many(assignment, reports) + "\n",
    }
    for name, text in contents.items():
        unfinished = out / f".{name}.unfinished"
        unfinished.write_text(text, encoding="utf-8", newline="")
        unfinished.replace(out / name)
