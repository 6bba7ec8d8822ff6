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

from checker import assignment as assignments
from checker.reports import forms

if TYPE_CHECKING:
    from checker.classroom.run import Run
    from checker.worker.warm import Workers

WAITING = 2  # jobs for each core: half of the time, a job waits for its worker
STOPPED = 130  # what a shell expects of a command that was stopped by the keyboard


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("-a", "--assignment", "name", required=True, help="The assignment they solve.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="Where results go."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=WAITING * (os.cpu_count() or 1),
    show_default="two for each core",
    help="Submissions at a time.",
)
@click.option(
    "--report", "wanted", multiple=True, type=click.Choice(forms.NAMES), help="Write this as well."
)
@click.option(
    "--gradebook",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The table exported by Canvas or Moodle, to be filled in.",
)
@click.option(
    "--require-isolation",
    "demanded",
    type=click.Choice(["limits only", "full"]),
    help="Grade nothing where submissions are shut off less; `check doctor` explains.",
)
@click.option("--column", help="The column of the gradebook to fill in, if it is not clear.")
def grade(
    path: Path,
    name: str,
    out: Path,
    jobs: int,
    wanted: tuple[str, ...],
    gradebook: Path | None,
    column: str | None,
    demanded: str | None,
) -> None:
    """Grade every submission in PATH: a folder of files or of folders, or a zip of either.

    Exports of Gradescope, Canvas, Moodle, nbgrader, GitHub Classroom and Classroom 50 are
    recognised. Writes grades.csv and results.json; what is graded stays in grades.sqlite, so that
    the same command goes on where it was stopped, and grades only what has changed.
    """
    from checker.worker.warm import Workers

    # They import numpy while all else is imported and read, and end with the command.
    workers = click.get_current_context().with_resource(Workers())
    from checker.classroom import layouts, run, store
    from checker.classroom.folder import IntakeError
    from checker.reports import terminal, write

    try:
        found = assignments.find(name)
        layout, handins = layouts.read(path, found)
        options = forms.Options(gradebook.read_bytes() if gradebook else None, column)
        out.mkdir(parents=True, exist_ok=True)
    except (LookupError, IntakeError, OSError) as error:
        raise click.UsageError(str(error)) from error
    if demanded:
        _demand(demanded, workers)
    click.echo(f"{layout}: {len(handins)} submissions", err=True)
    with contextlib.closing(store.Store(out / "grades.sqlite")) as kept:
        work = run.Run(found, handins, kept, jobs, workers)
        _watch(work)
    try:
        files = write.write(out, found, work.rows, (*forms.ALWAYS, *wanted), options)
    except forms.FormError as error:
        raise click.UsageError(str(error)) from error
    click.echo(terminal.many(work.rows))
    click.echo(f"  {' and '.join(str(out / file) for file in files)} written")
    if faults := sum(row.fault for row in work.rows):
        click.echo(f"  {faults} could not be graded, and not by their own fault: run again")
        raise SystemExit(3)


def _demand(level: str, workers: "Workers") -> None:
    from checker.worker.confinement import LEVELS

    worker = workers.start()
    try:
        reached, lacking = worker.isolation, worker.lacking
    finally:
        worker.close()
    if LEVELS.index(reached) < LEVELS.index(level):
        why = "; ".join(lacking)
        raise click.UsageError(
            f"isolation {level!r} is demanded and {reached!r} is reached here ({why}). "
            "Nothing was graded; `check doctor` says what to do."
        )


def _watch(work: "Run") -> None:
    """A bar with rate and time left, on stderr. Stopped by the keyboard, it says how to go on."""
    start = time.monotonic()

    def rate(_: object) -> str:
        return f"{work.graded / (time.monotonic() - start):.1f} per second"

    length = len(work.handins)
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
            f"\nStopped. {len(work.rows)} of {length} are graded and kept; "
            "the same command goes on with the others.",
            err=True,
        )
        raise SystemExit(STOPPED)


@contextlib.contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """Ctrl-C sets this event and breaks into nothing: a report half kept would be lost.

    The second one, of somebody who cannot wait, interrupts as ever.
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
