"""check ASSIGNMENT: grade one file."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from os import terminal_size
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from checker.cases import case_cache
from checker.commands import fail_under, one_report
from checker.commands import form as forms
from checker.course import assignment as assignments
from checker.course import code, marks
from checker.grading import intake
from checker.grading.files import IntakeError
from checker.grading.submission import Submission
from checker.reports import screen

if TYPE_CHECKING:
    from checker.sandbox.host import Worker


def command(name: str) -> click.Command:
    """The command `check NAME` of an assignment."""

    @click.command(name, help=f"Grade FILE, or the file here that solves {name}.")
    @click.argument("file", required=False, type=click.Path(path_type=Path))
    @click.option("--task", "tasks", multiple=True, metavar="NAME", help="Grade this task only.")
    @click.option(
        "--no-shrink", is_flag=True, help="Show the failing case without making it smaller."
    )
    @click.option("--session", is_flag=True, help="Show the failing call as code to paste.")
    @click.option("--verbose", is_flag=True, help="Show all there is, on more than one screen.")
    @forms.option
    @fail_under.option
    @click.option("--watch", is_flag=True, help="Grade again at each save, until Ctrl-C.")
    def check(
        file: Path | None,
        tasks: tuple[str, ...],
        no_shrink: bool,
        session: bool,
        verbose: bool,
        form: str,
        limit: str | None,
        watch: bool,
    ) -> None:
        if watch and (form != forms.TEXT or limit or no_shrink or session or verbose):
            raise click.UsageError("--watch can be combined with --task only.")

        if watch:
            _watch(assignments.find(name), file, tasks)
        with _grader() as begin:
            assignment = assignments.find(name)
            only = _tasks(assignment, tasks)
            counted = one_report.counted(assignment, only)
            most = marks.total(task.points for task in counted)
            needed = fail_under.points(limit, most) if limit else None
            path = _file(assignment, file)
            from checker.student import next_step, progress

            look = one_report.Look(
                screen.size(), session, verbose, next_step.words(assignment, path, only)
            )
            cases, course = case_cache.place(assignment), code.snapshot()[0]
            wanted = one_report.Wanted(
                assignment, _read(path), only, not no_shrink, look, cases, course
            )
            reply = begin(one_report.made, wanted)
            import_module("checker.reports.terminal")  # while the other process grades
            report, shown = reply()
            progress.record(path, report)
            shown = shown or look.at(report, counted)
            click.echo(forms.shown(form, report, shown, path))
        right = one_report.is_right(report, counted)
        enough = right if needed is None else report.score >= needed
        raise SystemExit(0 if enough else 1)

    return check


@contextlib.contextmanager
def _grader() -> Iterator[Callable[..., Callable[[], Any]]]:
    """What begins a function that grades, and gives it another one that starts workers.

    What it returns waits for the result. Where processes can be forked, the function runs in a
    second one, so that numpy is imported only once.
    """
    if sys.platform == "linux":
        from checker.sandbox.grader_process import GraderProcess

        with contextlib.closing(GraderProcess()) as process:
            yield process.begin
    else:
        from checker.sandbox.spawn import first, spawn

        with contextlib.closing(spawn()) as worker:  # imports numpy while this process does
            yield lambda function, *arguments: partial(function, first(worker), *arguments)


def _tasks(assignment: assignments.Assignment, words: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the tasks that the words mean. Raises click.UsageError for an unknown one."""
    from checker.student import task_names

    try:
        return tuple(task_names.find((assignment.name, w), Path())[1].function for w in words)
    except LookupError as error:
        raise click.UsageError(str(error)) from error


def _file(assignment: assignments.Assignment, file: Path | None) -> Path:
    """The file to grade. Raises click.UsageError if no file fits."""
    try:
        return file or intake.find(assignment, Path())
    except IntakeError as error:
        raise click.UsageError(str(error)) from error


def _read(path: Path) -> Submission:
    """The content of the file to grade. Raises click.UsageError if it cannot be read."""
    try:
        return intake.read(path)
    except IntakeError as error:
        raise click.UsageError(str(error)) from error


def _watch(
    assignment: assignments.Assignment, file: Path | None, words: tuple[str, ...]
) -> NoReturn:
    """Show the report after each save, with a message about the save below it."""
    from checker.sandbox.spawn import spawn

    with contextlib.closing(spawn()) as worker:  # imports numpy while this process does
        tasks = _tasks(assignment, words)
        _watch_saves(assignment, _file(assignment, file), tasks, worker)


def _watch_saves(
    assignment: assignments.Assignment, path: Path, tasks: tuple[str, ...], worker: "Worker"
) -> NoReturn:
    from checker.reports import terminal
    from checker.student import next_step, progress
    from checker.student.watcher import Watch, saves

    watched = Watch(assignment, path, tasks, worker)
    report, right = None, False
    counted = one_report.counted(assignment, tasks)
    try:
        for number, _ in enumerate(saves(path)):
            update = watched.look()
            report = update.report
            if update.fresh:
                progress.record(path, update.fresh)
            words = [f"  {update.words}", "", f"  Watching {path}. Ctrl-C ends."]
            click.clear()
            if report:
                columns, lines = screen.size()
                right = one_report.is_right(report, counted)
                ending = next_step.words(assignment, path, tasks) if right else ""
                size = terminal_size((columns, lines - len(words) - 1))
                click.echo(terminal.one(report, size, saved=update.saved, ending=ending) + "\n")
            if not number:
                watched.warm()
            click.echo("\n".join(words))
    except KeyboardInterrupt:
        click.echo()
    finally:
        watched.close()
    raise SystemExit(0 if right else 1)
