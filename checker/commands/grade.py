"""check grade: grade a class."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.course import assignment as assignments
from checker.reports import formats

if TYPE_CHECKING:
    from checker.classroom.run import Run
    from checker.sandbox.worker_pool import Workers

WAITING = 2  # jobs per core: a job waits for its worker half of the time
STOPPED = 130  # the exit code that a shell expects after Ctrl-C


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
    from checker.classroom import layouts, run, store
    from checker.grading.files import IntakeError
    from checker.reports import terminal, write

    try:
        assignment = assignments.find(name)
        layout, submissions = layouts.read(path, assignment)
        options = formats.Options(gradebook.read_bytes() if gradebook else None, column)
        out.mkdir(parents=True, exist_ok=True)
    except (LookupError, IntakeError, OSError) as error:
        raise click.UsageError(str(error)) from error
    if seed is not None and not assignment.fresh:
        raise click.UsageError(f"{name} has no fresh cases (its manifest says so): omit --seed.")
    if required:
        _require(required, workers)
    click.echo(f"{layout}: {len(submissions)} submissions", err=True)
    with contextlib.closing(store.Store(out / "grades.sqlite")) as kept:
        work = run.Run(assignment, submissions, kept, jobs, workers, seed)
        _watch(work)
    try:
        files = write.write(
            out, assignment, work.rows, (*formats.DEFAULT_FORMATS, *wanted), options
        )
    except formats.FormatError as error:
        raise click.UsageError(str(error)) from error
    click.echo(terminal.many(work.rows))
    click.echo(f"  {' and '.join(str(out / file) for file in files)} written")
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
    """Grade with a progress bar on stderr. After Ctrl-C, say how to continue, and exit."""
    start = time.monotonic()

    def rate(_: object) -> str:
        return f"{work.graded / (time.monotonic() - start):.1f} per second"

    length = len(work.submissions)
    bar = click.progressbar(
        length=length, label="Grading", file=sys.stderr, show_pos=True, item_show_func=rate
    )
    with _interrupts() as stopped, bar, contextlib.closing(work.grade()) as rows:
        for row in rows:
            bar.update(1, row)
            if stopped.is_set():
                break
    if len(work.rows) < length:
        click.echo(
            f"\nStopped. {len(work.rows)} of {length} submissions are graded and saved. "
            "Run the same command again to grade the others.",
            err=True,
        )
        raise SystemExit(STOPPED)


@contextlib.contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """Yield an event that Ctrl-C sets, instead of interrupting.

    A report that is being stored is then finished. A second Ctrl-C interrupts as usual.
    """
    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)
