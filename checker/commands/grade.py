"""check grade: grade a class."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import fail_under, preconditions, signals
from checker.commands import form as forms
from checker.course import assignment as assignments
from checker.reports import formats

if TYPE_CHECKING:
    from checker.classroom.class_list import ClassRow
    from checker.classroom.cluster import Cluster
    from checker.classroom.run import Run
    from checker.course.assignment import Assignment

IN_MEMORY = Path(":memory:")  # where SQLite stores what nobody keeps
ON_A_CLUSTER = 256  # jobs that are under way at the same time
MOST_OLDER = 4  # reports that are named because an earlier run wrote them
WAITING = 2  # jobs per core: a job waits for its worker half of the time


@click.command(short_help="Grade a class: a folder or zip of submissions.")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("-a", "--assignment", "name", required=True, help="The assignment to grade.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The output folder.")
@click.option("--one", is_flag=True, help="PATH is one submission: a file, a folder or an archive.")
@forms.option
@fail_under.option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    show_default=f"two for each core, or {ON_A_CLUSTER} with --scheduler",
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
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Grade on the workers of a Dask scheduler, such as tcp://10.0.0.5:8786.",
)
@click.option("--column", help="The column of the gradebook to fill in, if it is not clear.")
@click.option(
    "--anonymous",
    "codes",
    metavar="TABLE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Show codes instead of names. TABLE, outside the output folder, says which is whose.",
)
@click.option(
    "--metadata",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The submission_metadata.json of an autograder of Gradescope: the time and the deadline.",
)
@click.option("--preview", is_flag=True, help="Show which marks would change, and write no report.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    help="The seed of the fresh cases, instead of the secret one of this class.",
)
def grade(
    path: Path,
    name: str,
    out: Path | None,
    one: bool,
    form: str,
    limit: str | None,
    jobs: int | None,
    scheduler: str | None,
    wanted: tuple[str, ...],
    gradebook: Path | None,
    column: str | None,
    required: str | None,
    seed: int | None,
    preview: bool,
    codes: Path | None,
    metadata: Path | None,
) -> None:
    """Grade every submission in PATH: a folder of files or of folders, or a zip of either.

    Exports of Gradescope, Canvas, Moodle, nbgrader, GitHub Classroom and Classroom 50 are
    recognised. Writes grades.csv and results.json. Grades are kept in grades.sqlite, so that the
    same command continues where it was stopped, and grades only what has changed.

    A folder that can only be one submission is graded as one, and so is any PATH with --one. Its
    report is printed, and without -o nothing is written.
    """
    from checker.sandbox.worker_pool import Workers

    # The workers import numpy while this process imports and reads the rest.
    workers = click.get_current_context().with_resource(Workers())
    from checker.classroom import changes, marks, plan, run, store, submission_metadata
    from checker.reports import class_overview

    preconditions.own_course(path)
    try:
        assignment, submitted = assignments.find(name), ""
        if metadata and assignment.marks.late_per_day:
            told = submission_metadata.read(metadata)
            submitted, due = told.submitted, told.due or assignment.marks.due
            assignment = replace(assignment, marks=replace(assignment.marks, due=due))
        planned = plan.read(
            assignment,
            path,
            out,
            wanted=wanted,
            gradebook=gradebook,
            column=column,
            one=one,
            codes=codes,
            submitted=submitted,
        )
        needed = fail_under.points(limit, assignment.maximum) if limit else 0.0
        preconditions.output(planned, out, form, wanted, preview=preview)
        if out:
            out.mkdir(parents=True, exist_ok=True)
    except (LookupError, plan.PlanError, submission_metadata.MetadataError, OSError) as error:
        raise click.UsageError(str(error)) from error
    if seed is not None and not assignment.fresh:
        raise click.UsageError(f"{name} has no fresh cases (its manifest says so): omit --seed.")
    if required and not scheduler:
        preconditions.isolation(required, workers)
    jobs = jobs or (ON_A_CLUSTER if scheduler else WAITING * (os.cpu_count() or 1))
    there = _cluster(scheduler).grade if scheduler else None
    click.echo("\n".join(planned.summary(assignment, wanted)), err=True)
    kept_in = out / store.FILENAME if out else IN_MEMORY
    with contextlib.closing(store.Store(kept_in)) as kept:
        work = run.Run(
            assignment, planned.submissions, kept, jobs, workers, seed, required, preview, there
        )
        _watch(work)
        rows = marks.rows(
            work.rows, work.earlier(), planned.overrides, assignment, planned.calendar
        )
        known = kept.marks()
        rows, changed = changes.compared(rows, known), changes.between(known, rows)
        click.echo(_shown(path, rows[0], form) if planned.one else class_overview.text(rows))
        if preview:
            click.echo("\n".join(changes.previewed(changed)))
        elif out:
            _make_tables(out, assignment)
            options = formats.Options(planned.gradebook)
            for line in _written(out, assignment, rows, wanted, options):
                click.echo(f"  {line}", err=planned.one)
            kept.record(rows, changed)
    if faults := sum(row.fault for row in work.rows):
        click.echo(f"  {faults} could not be graded because the grader failed: run again", err=True)
        raise SystemExit(3)
    if below := sum(row.report.score < needed for row in rows):
        who = f"{below} of {len(rows)} submissions have" if len(rows) > 1 else "It has"
        click.echo(f"  {who} less than {needed:g} points.", err=True)
        raise SystemExit(1)


def _cluster(address: str) -> "Cluster":
    """The cluster of a scheduler, until the command ends."""
    from checker.classroom.cluster import Cluster, ClusterError

    try:
        return click.get_current_context().with_resource(Cluster(address))
    except ClusterError as error:
        raise click.UsageError(str(error)) from error


def _shown(path: Path, row: "ClassRow", form: str) -> str:
    """The report on one submission. Its file is shown with the path from here."""
    from checker.reports import screen, terminal
    from checker.sandbox.endings import graded_name

    inside = [
        path / file.folder / file.name
        for file in row.submission.files
        if graded_name(file.name) == row.file and not file.problem
    ]
    graded = inside[0] if inside and path.is_dir() else path
    text = terminal.one(row.report, screen.size())
    return forms.shown(form, row.report, text, graded)


def _make_tables(out: Path, assignment: "Assignment") -> None:
    """Make the tables that the teacher may fill in."""
    from checker.classroom import lateness, overrides

    overrides.make(out)
    if assignment.marks.due:
        lateness.make(out)


def _written(
    out: Path,
    assignment: "Assignment",
    rows: "list[ClassRow]",
    wanted: tuple[str, ...],
    options: formats.Options,
) -> Iterator[str]:
    """Write the reports, and yield what to say about them."""
    from checker.classroom import overrides
    from checker.reports import write

    all_formats = (*formats.DEFAULT_FORMATS, *wanted)
    files, edited, older = write.write(out, assignment, rows, all_formats, options)
    *others, last = (str(out / file) for file in files)
    yield f"{', '.join(others)} and {last} written"
    if older:
        shown = ", ".join(str(out / file) for file in older[:MOST_OLDER])
        more = f" and {len(older) - MOST_OLDER} more" if older[MOST_OLDER:] else ""
        yield (
            f"{shown}{more}: of an earlier run, perhaps with other grades. "
            "Write them again with --report, or delete them."
        )
    for file, copy in edited.items():
        yield (
            f"{out / file} was changed by hand. Your version is now {out / copy}; "
            f"points that should stay belong into {out / overrides.FILENAME}."
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
