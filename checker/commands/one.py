"""check ASSIGNMENT: grade one file."""

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from checker import assignment as assignments

if TYPE_CHECKING:
    from checker.graded import Report
    from checker.worker.host import Worker


def command(name: str) -> click.Command:
    """The command that an assignment's name is."""

    @click.command(name, help=f"Grade FILE, or the file here that solves {name}.")
    @click.argument("file", required=False, type=click.Path(path_type=Path))
    @click.option("--task", "tasks", multiple=True, metavar="NAME", help="Grade this task only.")
    @click.option("--no-shrink", is_flag=True, help="Show the failing case as it was found.")
    @click.option("--json", "as_json", is_flag=True, help="Print the report as data.")
    @click.option("--watch", is_flag=True, help="Grade again at each save, until Ctrl-C.")
    def check(
        file: Path | None, tasks: tuple[str, ...], no_shrink: bool, as_json: bool, watch: bool
    ) -> None:
        from checker.worker.spawn import spawn

        if watch and (as_json or no_shrink):
            raise click.UsageError("--watch goes with --task and with nothing else.")

        worker = spawn()  # imports numpy while we do
        try:
            found = assignments.find(name)
            path = _file(found, file, tasks)
            if watch:
                _watch(found, path, tasks, worker)
            report = _grade(found, path, tasks, worker, not no_shrink)
        finally:
            worker.close()
        from checker import progress
        from checker.reports import records, terminal

        progress.record(path.parent, report)
        click.echo(records.one(report) if as_json else terminal.one(report))
        raise SystemExit(0 if report.score == report.max_score else 1)

    return check


def _file(found: assignments.Assignment, file: Path | None, tasks: tuple[str, ...]) -> Path:
    """The file meant; wrong usage where there is no such task, or not one such file."""
    from checker.classroom import intake
    from checker.classroom.folder import IntakeError

    known = [task.function for task in found.tasks]
    for task in tasks:
        if task not in known:
            raise click.UsageError(f"{found.name} has no task {task!r}: {', '.join(known)}")
    try:
        return file or intake.find(found, Path())
    except IntakeError as error:
        raise click.UsageError(str(error)) from error


def _grade(
    found: assignments.Assignment,
    path: Path,
    tasks: tuple[str, ...],
    worker: "Worker",
    shrink: bool,
) -> "Report":
    from checker import bank, grading
    from checker.classroom import intake
    from checker.classroom.folder import IntakeError
    from checker.waiting import Waiting
    from checker.worker.spawn import first

    try:
        submission = intake.read(path)
    except IntakeError as error:
        raise click.UsageError(str(error)) from error
    with Waiting("Making the cases, once", len(found.tasks)) as bar:
        banks = bank.load(found, bar.step)
    with Waiting("Grading", len(tasks or found.tasks)) as bar:
        start = first(worker)
        return grading.grade(found, banks, submission, tasks, start, shrink=shrink, done=bar.step)


def _watch(
    found: assignments.Assignment, path: Path, tasks: tuple[str, ...], worker: "Worker"
) -> NoReturn:
    """Show the report after each save; what is said of a save stands below it."""
    from checker import progress
    from checker.reports import terminal
    from checker.watching import Watch, saves

    watched = Watch(found, path, tasks, worker)
    report = None
    try:
        for number, _ in enumerate(saves(path)):
            seen = watched.look()
            report = seen.report
            if seen.fresh:
                progress.record(path.parent, seen.fresh)
            click.clear()
            if report:
                click.echo(terminal.one(report) + "\n")
            if not number:
                watched.warm()
            click.echo(f"  {seen.words}\n\n  Watching {path}. Ctrl-C ends.")
    except KeyboardInterrupt:
        click.echo()
    finally:
        watched.close()
    raise SystemExit(0 if report and report.score == report.max_score else 1)
