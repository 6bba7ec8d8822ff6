"""The report on one file, as it is made in a process of its own: nothing here needs click."""

from collections.abc import Callable
from dataclasses import dataclass
from os import terminal_size
from pathlib import Path
from typing import TYPE_CHECKING

from checker.commands import failure
from checker.course import code
from checker.course.assignment import Assignment, Task
from checker.grading.submission import Submission

if TYPE_CHECKING:
    from checker.grading.report import Report
    from checker.sandbox.host import Worker


@dataclass(frozen=True)
class Look:
    """How a terminal shows a report. `ending` comes last, if everything is right."""

    size: terminal_size
    session: bool
    verbose: bool
    ending: str

    def at(self, report: "Report", tasks: list[Task]) -> str:
        """The text. Only these tasks have to be right."""
        from checker.reports import terminal

        return terminal.one(
            report,
            self.size,
            session=self.session,
            verbose=self.verbose,
            ending=self.ending if is_right(report, tasks) else "",
        )


@dataclass(frozen=True)
class Wanted:
    """What is to be graded, with which cases and code, and how it is to be shown."""

    assignment: Assignment
    submission: Submission
    tasks: tuple[str, ...]
    shrink: bool
    look: Look
    cases: Path  # the file of the case sets
    course: Path | None  # whose code is in use


def made(start: "Callable[[], Worker]", wanted: Wanted) -> "tuple[Report, str]":
    """The report, and the text that shows it if it has counterexamples: their tables need numpy."""
    try:
        report = _graded(start, wanted)
        if not any(task.counterexample for task in report.tasks):
            return report, ""
        return report, wanted.look.at(report, counted(wanted.assignment, wanted.tasks))
    except Exception as error:  # its place in the code would not reach another process
        raise failure.told(error) from error


def counted(assignment: Assignment, only: tuple[str, ...]) -> list[Task]:
    """The tasks that have to be right, of those that are graded: all that are no bonus."""
    return assignment.counted(t for t in assignment.tasks if t.function in only or not only)


def is_right(report: "Report", tasks: list[Task]) -> bool:
    """Whether these tasks have full marks."""
    score = {task.name: task.score for task in report.tasks}
    return all(score[task.function] >= task.points for task in tasks)


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
