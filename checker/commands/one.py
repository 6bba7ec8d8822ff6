"""check ASSIGNMENT: grade one file."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import terminal_size
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from checker.commands import fail_under, failure
from checker.commands import form as forms
from checker.course import assignment as assignments
from checker.course import marks
from checker.reports import screen

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
        with _grader() as run:
            assignment = assignments.find(name)
            only = _tasks(assignment, tasks)
            most = marks.total(t.points for t in _counted(assignment, only))
            needed = fail_under.points(limit, most) if limit else None
            size, shrink = screen.size(), not no_shrink
            wanted = Wanted(name, file, only, shrink, form, session, verbose, size)
            shown, right, score = run(checked, wanted)
        click.echo(shown)
        raise SystemExit(0 if (right if needed is None else score >= needed) else 1)

    return check


@dataclass(frozen=True)
class Wanted:
    """What is to be graded, and how it is to be shown."""

    name: str
    file: Path | None
    tasks: tuple[str, ...]
    shrink: bool
    form: str
    session: bool
    verbose: bool
    size: terminal_size


@contextlib.contextmanager
def _grader() -> Iterator[Callable[..., Any]]:
    """What runs a function that grades, and gives it another one that starts workers.

    Where processes can be forked, it runs in a second one, so that numpy is imported only once.
    """
    if sys.platform == "linux":
        from checker.sandbox import early_start

        with contextlib.closing(early_start.begun()) as process:
            yield process.run
    else:
        from checker.sandbox.spawn import first, spawn

        with contextlib.closing(spawn()) as worker:  # imports numpy while this process does
            yield lambda function, *arguments: function(first(worker), *arguments)


def checked(start: "Callable[[], Worker]", wanted: Wanted) -> tuple[str, bool, float]:
    """What is to be printed about a file, whether it is right, and its points."""
    try:
        return _checked(start, wanted)
    except click.UsageError:
        raise
    except Exception as error:  # its place in the code would not reach another process
        raise failure.told(error) from error


def _checked(start: "Callable[[], Worker]", wanted: Wanted) -> tuple[str, bool, float]:
    from checker.reports import terminal
    from checker.student import next_step, progress

    assignment, only = assignments.find(wanted.name), wanted.tasks
    path = _file(assignment, wanted.file)
    report = _grade(assignment, path, only, start, shrink=wanted.shrink)
    progress.record(path, report)
    right = _right(report, _counted(assignment, only))
    ending = next_step.words(assignment, path, only) if right else ""
    shown = terminal.one(
        report, wanted.size, session=wanted.session, verbose=wanted.verbose, ending=ending
    )
    return forms.shown(wanted.form, report, shown, path), right, report.score


def _tasks(assignment: assignments.Assignment, words: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the tasks that the words mean. Raises click.UsageError for an unknown one."""
    from checker.student import task_names

    try:
        return tuple(task_names.find((assignment.name, w), Path())[1].function for w in words)
    except LookupError as error:
        raise click.UsageError(str(error)) from error


def _file(assignment: assignments.Assignment, file: Path | None) -> Path:
    """The file to grade. Raises click.UsageError if no file fits."""
    from checker.grading import intake
    from checker.grading.files import IntakeError

    try:
        return file or intake.find(assignment, Path())
    except IntakeError as error:
        raise click.UsageError(str(error)) from error


def _grade(
    assignment: assignments.Assignment,
    path: Path,
    tasks: tuple[str, ...],
    start: "Callable[[], Worker]",
    *,
    shrink: bool,
) -> "Report":
    """The report on a file."""
    from checker.grading import intake, pipeline
    from checker.grading.files import IntakeError
    from checker.student.progress_bar import Waiting, case_sets

    try:
        submission = intake.read(path)
    except IntakeError as error:
        raise click.UsageError(str(error)) from error
    made = case_sets(assignment)
    with Waiting("Grading", tasks or [task.function for task in assignment.tasks]) as bar:
        return pipeline.grade(
            assignment, made, submission, only=tasks, start=start, shrink=shrink, done=bar.step
        )


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
    counted = _counted(assignment, tasks)
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
                right = _right(report, counted)
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


def _counted(assignment: assignments.Assignment, only: tuple[str, ...]) -> list[assignments.Task]:
    """The tasks that have to be right, of those that are graded: all that are no bonus."""
    return assignment.counted(t for t in assignment.tasks if t.function in only or not only)


def _right(report: "Report", counted: list[assignments.Task]) -> bool:
    """Whether these tasks have full marks."""
    score = {task.name: task.score for task in report.tasks}
    return all(score[task.function] >= task.points for task in counted)
