"""The report on one file, as it is made in a process of its own: nothing here needs click."""

from collections.abc import Callable
from dataclasses import dataclass
from os import terminal_size
from pathlib import Path
from typing import TYPE_CHECKING

from checker.commands import failure
from checker.course import code
from checker.course.assignment import Assignment
from checker.grading.submission import Submission

if TYPE_CHECKING:
    from checker.grading.report import Report
    from checker.sandbox.host import Worker


@dataclass(frozen=True)
class Wanted:
    """What is to be graded, with which cases and code, and how it is to be shown."""

    assignment: Assignment
    submission: Submission
    tasks: tuple[str, ...]
    shrink: bool
    session: bool
    verbose: bool
    size: terminal_size
    cases: Path  # the file of the case sets
    course: Path | None  # whose code is in use


def made(start: "Callable[[], Worker]", wanted: Wanted) -> "tuple[Report, str]":
    """The report, and the text that shows it if it has counterexamples: their tables need numpy."""
    try:
        report = _graded(start, wanted)
        if not any(task.counterexample for task in report.tasks):
            return report, ""
        from checker.reports import terminal

        return report, terminal.one(
            report, wanted.size, session=wanted.session, verbose=wanted.verbose
        )
    except Exception as error:  # its place in the code would not reach another process
        raise failure.told(error) from error


def _graded(start: "Callable[[], Worker]", wanted: Wanted) -> "Report":
    from checker.grading import pipeline
    from checker.student.progress_bar import Waiting, case_sets

    if wanted.course is not None:
        code.use(wanted.course)
    assignment = wanted.assignment
    made = case_sets(assignment, wanted.cases)
    names = wanted.tasks or [task.function for task in assignment.tasks]
    with Waiting("Grading", names) as waiting:
        return pipeline.grade(
            assignment,
            made,
            wanted.submission,
            only=wanted.tasks,
            start=start,
            shrink=wanted.shrink,
            done=waiting.step,
        )
