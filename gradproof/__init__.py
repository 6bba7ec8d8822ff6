"""gradproof for programs and notebooks.

    import gradproof

    gradproof.course("autumn")             # the course in this folder; without it, the one in use
    task = gradproof.assignment("losses")
    work = gradproof.submission("ada.py")
    result = gradproof.grade(task, work)   # in the sandbox, as `check losses ada.py`
    print(result.score, gradproof.report(result))

In a notebook, `%load_ext gradproof` gives the magic `%check`. Files of your own may be called
reference.py, checker.py or assignments: they are not imported here, and yours stay what they are.
"""

import os
from collections.abc import Sequence
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradproof._packages import ours

if TYPE_CHECKING:
    from checker.course.assignment import Assignment
    from checker.course.course import Course
    from checker.grading.report import Report
    from checker.grading.submission import Submission

__all__ = ["assignment", "course", "grade", "load_ipython_extension", "report", "submission"]


@ours
def course(folder: str | Path | None = None) -> "Course":
    """The course in use: its `title`, and the `folders` of its assignments by name.

    With a folder, or the name of an installed course, this one is used from now on. Raises
    ValueError if there is none, or if it has problems.
    """
    from checker.course import course as courses

    if folder is not None:
        os.environ[courses.VARIABLE] = courses.named(str(folder))
    return courses.current()


@ours
def assignment(name: str) -> "Assignment":
    """An assignment of the course in use: `title`, `points`, and its `tasks`.

    Raises LookupError, with the nearest name, if there is none.
    """
    from checker.course import assignment as assignments

    return assignments.find(name)


@ours
def submission(path: str | Path, name: str | None = None) -> "Submission":
    """A Python file or a notebook to grade, with the files beside it that it imports.

    `name` is what reports call it; without one, it is the name of the file. Raises ValueError if it
    cannot be read.
    """
    from checker.grading import intake

    return intake.read(Path(path), name)


@ours
def grade(
    assignment: "Assignment",
    submission: "Submission",
    *,
    only: str | Sequence[str] = (),
    seed: int | None = None,
) -> "Report":
    """Grade a submission in the sandbox, or only this one or these of its tasks.

    The report has `score`, `max_score`, and in `tasks` a verdict with `name`, `score`, `message`,
    `counterexample` and `diagnosis` for each. With a seed, fresh cases are asked too, as
    `check grade` does: whoever knows the seed knows the cases. Raises LookupError, with the nearest
    name, if there is no such task, and ValueError if the seed is no whole number from 0 on, or if
    the assignment has no fresh cases.
    """
    from functools import cache

    from checker.cases import case_cache, fresh
    from checker.grading import pipeline

    only = (only,) if isinstance(only, str) else tuple(only)
    _check(assignment, only, seed)
    known = case_cache.load(assignment)
    further = cache(lambda: {} if seed is None else fresh.load(assignment, known, seed))
    return pipeline.grade(assignment, known, submission, only=only, shrink=True, fresh=further)


def _check(assignment: "Assignment", only: tuple[str, ...], seed: int | None) -> None:
    """Raise LookupError for a task that is not there, and ValueError for a wrong seed."""
    from checker.course.course_manifest import near

    known = [task.function for task in assignment.tasks]
    if missing := [name for name in only if name not in known]:
        hint = near(missing[0], known) or f" Its tasks: {', '.join(known)}."
        raise LookupError(f"there is no task {missing[0]!r} in {assignment.name}.{hint}")
    if seed is not None and not (isinstance(seed, Integral) and seed >= 0):
        raise ValueError(f"a seed is a whole number from 0 on, not {seed!r}.")
    if seed is not None and not assignment.fresh:
        raise ValueError(f"{assignment.name} has no fresh cases (its manifest says so): omit seed.")


@ours
def report(graded: "Report", form: str = "text") -> str:
    """A report as "text", as a terminal shows it, or as "json"."""
    if form == "json":
        from checker.reports.formats import json

        return json.one(graded)
    if form != "text":
        raise ValueError(f'form is "text" or "json", not {form!r}')
    from click import unstyle

    from checker.reports import terminal

    return unstyle(terminal.one(graded))


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext gradproof` calls in a notebook."""
    from gradproof._magic import load

    load(shell)
