"""check grade: grade a class."""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import signals
from checker.course import assignment as assignments
from checker.reports import formats

if TYPE_CHECKING:
    from checker.classroom.run import Run
    from checker.sandbox.worker_pool import Workers

WAITING = 2  # jobs per core: a job waits for its worker half of the time


@click.command(short_help="Grade a class: a folder or zip of submissions.")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("-a", "--assignment", "name", required=True, help="The assignment to grade.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="The output folder."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=WAITING * (os.cpu_count() or 1),
    show_default="two for each core",
    help="Number of submissions graded at the same time.",
)
@click.option(
    "--report",
    "wanted",
    multiple=True,
    type=click.Choice([n for n in formats.names() if n not in formats.DEFAULT_FORMATS]),
    help="Also write this report.",
)
@click.option(
    "--gradebook",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The gradebook to fill in, as exported by Canvas or Moodle.",
)
@click.option(
    "--require-isolation",
    "required",
    type=click.Choice(["limits only", "full"]),
    help="Grade nothing if the isolation is lower. `check doctor` explains the levels.",
)
@click.option("--column", help="The column of the gradebook to fill in, if it is not clear.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    help="The seed of the fresh cases, instead of the secret one of this class.",
)
def grade(
    path: Path,
    name: str,
    out: Path,
    jobs: int,
    wanted: tuple[str, ...],
    gradebook: Path | None,
    column: str | None,
    required: str | None,
    seed: int | None,
) -> None:
    """Grade every submission in PATH: a folder of files or of folders, or a zip of either.

    Exports of Gradescope, Canvas, Moodle, nbgrader, GitHub Classroom and Classroom 50 are
    recognised. Writes grades.csv and results.json. Grades are kept in grades.sqlite, so that the
    same command continues where it was stopped, and grades only what has changed.
    """
    from checker.sandbox.worker_pool import Workers

    # The workers import numpy while this process imports and reads the rest.
    workers = click.get_current_context().with_resource(Workers())
    from checker.classroom import overrides, plan, run, store
    from checker.reports import class_overview, write

    try:
        assignment = assignments.find(name)
        planned = plan.read(
            assignment, path, out, wanted=wanted, gradebook=gradebook, column=column
        )
        out.mkdir(parents=True, exist_ok=True)
    except (LookupError, plan.PlanError, OSError) as error:
        raise click.UsageError(str(error)) from error
    if seed is not None and not assignment.fresh:
        raise click.UsageError(f"{name} has no fresh cases (its manifest says so): omit --seed.")
    if required:
        _require(required, workers)
    click.echo("\n".join(planned.summary(assignment, wanted)), err=True)
    with contextlib.closing(store.Store(out / "grades.sqlite")) as kept:
        work = run.Run(assignment, planned.submissions, kept, jobs, workers, seed, required)
        _watch(work)
    overrides.make(out)
    rows = [overrides.applied(row, planned.overrides) for row in work.rows]
    files, edited = write.write(
        out,
        assignment,
        rows,
        (*formats.DEFAULT_FORMATS, *wanted),
        formats.Options(planned.gradebook),
    )
    click.echo(class_overview.text(rows))
    *others, last = (str(out / file) for file in files)
    click.echo(f"  {', '.join(others)} and {last} written")
    for file, copy in edited.items():
        click.echo(
            f"  {out / file} was changed by hand. Your version is now {out / copy}; "
            f"points that should stay belong into {out / overrides.FILENAME}."
        )
    if faults := sum(row.fault for row in work.rows):
        click.echo(f"  {faults} could not be graded because the grader failed: run again")
        raise SystemExit(3)


def _require(level: str, workers: "Workers") -> None:
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


def _watch(work: "Run") -> None:
    """Grade with a progress bar on stderr. If a signal ends it, say how to continue, and exit."""
    start = time.monotonic()

    def rate(_: object) -> str:
        return f"{work.graded / (time.monotonic() - start):.1f} per second"

    length = len(work.submissions)
    bar = click.progressbar(
        length=length, label="Grading", file=sys.stderr, show_pos=True, item_show_func=rate
    )
    with signals.handed_to(work.stop) as received, bar, contextlib.closing(work.grade()) as rows:
        for row in rows:
            bar.update(1, row)
    if received and len(work.rows) < length:
        signals.leave(
            received[0],
            f"Stopped. {len(work.rows)} of {length} submissions are graded and saved. "
            "Run the same command again to grade the others.",
        )
