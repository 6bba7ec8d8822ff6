"""The `check` program. Each command has its own module and is listed in `COMMANDS`.

Those of `checker.commands.complete` are not in what students get.
"""

import os
import signal
import sys
from pathlib import Path

# `python -m checker`, and an empty part of PYTHONPATH, look for modules in the working directory.
# Submissions may lie there.
if Path().resolve() != Path(__file__).resolve().parents[1]:
    for folder in list(sys.path):
        if Path(folder).resolve() == Path().resolve():
            sys.path.remove(folder)

import click

from checker.commands import (
    doctor,
    explain,
    failure,
    hint,
    one,
    progress,
    read,
    signals,
    start,
    submit,
)
from checker.course import assignment, code
from checker.course import course as courses
from checker.reports import screen
from checker.student import first_word, overview

ABOUT_NO_COURSE = ("changes", "coverage", "doctor", "new", "report")  # they need none yet


class Course(click.Group):
    """The commands, and one command for each assignment, named after it."""

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if command := super().get_command(context, name):
            return command
        return one.command(name) if name in assignment.names() else None

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        code.refresh()
        if args[0] not in ABOUT_NO_COURSE:
            courses.current()
        if self.get_command(context, args[0]) is None:
            visible = [name for name, command in self.commands.items() if not command.hidden]
            try:
                args = [*first_word.command(args[0], visible), *args[1:]]
            except LookupError as error:
                context.fail(str(error))
        return super().resolve_command(context, args)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt as interrupt:
            number = getattr(interrupt, "number", signal.SIGINT)
            signals.leave(number, "Stopped. What was saved before is kept.")
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            told = failure.told(error)  # while the course that -C names is still in use
            if isinstance(told, failure.AuthorError):
                raise told from error
            raise


def _name_course(context: click.Context, _: click.Parameter, name: str | None) -> None:
    """Name the course for this command, and for all processes that it starts."""
    if name is None:
        return
    before = {key: value for key, value in os.environ.items() if key == courses.VARIABLE}

    def restore() -> None:
        os.environ.pop(courses.VARIABLE, None)
        os.environ.update(before)

    try:
        os.environ[courses.VARIABLE] = courses.named(name)
    except courses.CourseError as error:
        raise click.BadParameter(str(error)) from error
    context.call_on_close(restore)


@click.group(cls=Course, invoke_without_command=True)
@click.option(
    "-C",
    "name",
    metavar="FOLDER",
    is_eager=True,
    expose_value=False,
    callback=_name_course,
    help="Use the course in this folder, or the installed one of this name.",
)
@click.version_option(package_name="gradproof")
@click.pass_context
def course(context: click.Context) -> None:
    """Check numpy solutions against a proven reference.

    `check` alone lists the assignments; `check NAME [FILE]` grades one.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    if context.invoked_subcommand is None:
        listed = [assignment.find(name) for name in assignment.names()]
        if (used := courses.current()).origin != "shipped" or not courses.IS_COMPLETE:
            click.echo(f"{used.title}\n")
        click.echo(overview.page(listed, Path(), screen.size().columns))


COMMANDS = (
    start.start,
    read.read,
    hint.hint,
    explain.explain,
    progress.progress,
    submit.submit,
    doctor.doctor,
)

for command in COMMANDS:
    course.add_command(command)
if courses.IS_COMPLETE:
    from checker.commands import complete

    for command in complete.COMMANDS:
        course.add_command(command)


def main() -> None:
    """Run `check` and exit.

    The exit code is 0 if everything is right, 1 if something is wrong, 2 after wrong usage or a
    mistake in the course, and 3 if grading failed.
    """
    for stream in (sys.stdout, sys.stderr):
        screen.plain_marks(stream)  # a Windows pipe may lack bars and ticks
    signals.raise_stopped()
    try:
        course(prog_name="check")
    except SystemExit as end:
        if isinstance(end.code, int) and end.code > signals.SHELL_OFFSET:
            sys.stdout.flush()
            os._exit(end.code)  # without waiting for threads that still grade
        raise
    except failure.AuthorError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except Exception as error:
        click.echo(f"check failed: {failure.told(error)}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
