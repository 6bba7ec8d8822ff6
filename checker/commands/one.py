"""check ASSIGNMENT: grade one file."""

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from checker.course import assignment as assignments

if TYPE_CHECKING:
    from checker.grading.report import Report
    from checker.sandbox.host import Worker


def command(name: str) -> click.Command:
    """The command `check NAME` of an assignment."""

    @click.command(name, help=f"Grade FILE, or the file here that solves {name}.")
    @click.argument("file", required=False, type=click.Path(path_type=Path))
    @click.option("--task", "tasks", multiple=True, metavar="NAME", help="Grade this task only.")
    @click.option(
        "--no-shrink", is_flag=True, help="Show the failing case without making it smaller."
    )
    @click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
    @click.option("--watch", is_flag=True, help="Grade again at each save, until Ctrl-C.")
    def check(
        file: Path | None, tasks: tuple[str, ...], no_shrink: bool, as_json: bool, watch: bool
    ) -> None:
        from checker.sandbox.spawn import spawn

        if watch and (as_json or no_shrink):
            raise click.UsageError("--watch can be combined with --task only.")

        worker = spawn()  # imports numpy while this process does
        try:
            assignment = assignments.find(name)
            path = _file(assignment, file, tasks)
            if watch:
                _watch(assignment, path, tasks, worker)
            report = _grade(assignment, path, tasks, worker, not no_shrink)
        finally:
            worker.close()
        from checker.reports import terminal
        from checker.reports.formats import json as json_format
        from checker.student import progress

        progress.record(path.parent, report)
        click.echo(json_format.one(report) if as_json else terminal.one(report))
        raise SystemExit(0 if report.score == report.max_score else 1)

    return check


def _file(assignment: assignments.Assignment, file: Path | None, tasks: tuple[str, ...]) -> Path:
    """The file to grade. Raises click.UsageError for an unknown task, or if no file fits."""
    from checker.grading import intake
    from checker.grading.files import IntakeError

    known = [task.function for task in assignment.tasks]
    for task in tasks:
        if task not in known:
            raise click.UsageError(f"{assignment.name} has no task {task!r}: {', '.join(known)}")
    try:
        return file or intake.find(assignment, Path())
    except IntakeError as error:
        raise click.UsageError(str(error)) from error


def _grade(
    assignment: assignments.Assignment,
    path: Path,
    tasks: tuple[str, ...],
    worker: "Worker",
    shrink: bool,
) -> "Report":
    from checker.cases import case_cache
    from checker.grading import intake, pipeline
    from checker.grading.files import IntakeError
    from checker.sandbox.spawn import first
    from checker.student.progress_bar import Waiting

    try:
        submission = intake.read(path)
    except IntakeError as error:
        raise click.UsageError(str(error)) from error
    with Waiting("Making the cases, once", len(assignment.tasks)) as bar:
        case_sets = case_cache.load(assignment, bar.step)
    with Waiting("Grading", len(tasks or assignment.tasks)) as bar:
        start = first(worker)
        return pipeline.grade(
            assignment, case_sets, submission, only=tasks, start=start, shrink=shrink, done=bar.step
        )


def _watch(
    assignment: assignments.Assignment, path: Path, tasks: tuple[str, ...], worker: "Worker"
) -> NoReturn:
    """Show the report after each save, with a message about the save below it."""
    from checker.reports import terminal
    from checker.student import progress
    from checker.student.watcher import Watch, saves

    watched = Watch(assignment, path, tasks, worker)
    report = None
    try:
        for number, _ in enumerate(saves(path)):
            update = watched.look()
            report = update.report
            if update.fresh:
                progress.record(path.parent, update.fresh)
            click.clear()
            if report:
                click.echo(terminal.one(report) + "\n")
            if not number:
                watched.warm()
            click.echo(f"  {update.words}\n\n  Watching {path}. Ctrl-C ends.")
    except KeyboardInterrupt:
        click.echo()
    finally:
        watched.close()
    raise SystemExit(0 if report and report.score == report.max_score else 1)
