"""What must hold before `check grade` grades anything."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import form as forms
from checker.course import course as courses
from checker.sandbox.folder import rubbish

if TYPE_CHECKING:
    from checker.classroom.plan import Plan
    from checker.sandbox.worker_pool import Workers


def own_course(path: Path) -> None:
    """End if the course is among what is to be graded: it may run programs, and is no submission.

    What is hidden is not graded: a course may be there if it is named.
    """
    course, outer = courses.current(), path.resolve()
    if course.origin not in ("found", "named") or not course.folder.is_relative_to(outer):
        return
    hidden = any(map(rubbish, course.folder.relative_to(outer).parts))
    if course.origin == "found" or not hidden:
        raise click.UsageError(
            f"{course.folder / courses.FILE} is among the submissions. If the course is yours, "
            "move it or them into a folder of its own, and name it: check -C FOLDER grade ... "
            "If not, remove it: a course may run programs."
        )


def output(
    planned: "Plan", out: Path | None, form: str, wanted: tuple[str, ...], *, preview: bool
) -> None:
    """End if results would have no place, or no form."""
    if out is None and preview:
        raise click.UsageError("--preview compares with the marks in a folder: name it with -o.")
    if out is None and not planned.one:
        raise click.UsageError("name a folder for the results of the class, such as -o results.")
    if out is None and wanted:
        raise click.UsageError("--report writes files: name a folder for them, such as -o results.")
    if form != forms.TEXT and not planned.one:
        raise click.UsageError(
            f"--format {form} prints one submission, and {planned.submissions[0].name} is one of "
            f"{len(planned.submissions)}. Add --one if the path is one submission."
        )


def isolation(level: str, workers: "Workers") -> None:
    """End if the sandbox of this machine is weaker than this level."""
    from checker.sandbox.confinement import LEVELS

    worker = workers.start()
    try:
        reached, lacking = worker.isolation, worker.lacking
    finally:
        worker.close()
    if LEVELS.index(reached) < LEVELS.index(level):
        why = "; ".join(lacking)
        raise click.UsageError(
            f"isolation {level!r} is required, but this machine only has {reached!r} ({why}). "
            "Nothing was graded; `check doctor` says what to do."
        )
