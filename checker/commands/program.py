"""The `check` program: a group with a module for each command, and a command for each assignment.

A module is imported when its command is used: most commands need none of the others.
"""

import importlib
import os
import signal
import sys
from pathlib import Path

import click

from checker.commands import failure, signals
from checker.course import assignment, code
from checker.course import course as courses
from checker.reports import screen

# Each is the name of a module in `checker.commands` and of the command in it.
COMMANDS: tuple[str, ...] = ("start", "read", "hint", "explain", "progress", "submit", "doctor")
if courses.IS_COMPLETE:
    from checker.commands import complete

    COMMANDS += complete.COMMANDS
ABOUT_NO_COURSE = ("changes", "coverage", "doctor", "new", "report")  # they need none yet


class Course(click.Group):
    """The commands, and one command for each assignment, named after it."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in COMMANDS:
            return _command(name)
        if name not in assignment.names():
            return None
        from checker.commands import one

        return one.command(name)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        code.refresh()
        if args[0] not in ABOUT_NO_COURSE:
            courses.current()
        if self.get_command(context, args[0]) is None:
            from checker.student import first_word

            visible = [name for name in COMMANDS if not _command(name).hidden]
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


def _command(name: str) -> click.Command:
    found: click.Command = getattr(importlib.import_module(f"checker.commands.{name}"), name)
    return found


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
        from checker.student import overview

        listed = [assignment.find(name) for name in assignment.names()]
        if (used := courses.current()).origin != "shipped" or not courses.IS_COMPLETE:
            click.echo(f"{used.title}\n")
        click.echo(overview.page(listed, Path(), screen.size().columns))


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
        try:
            click.echo(f"check failed: {failure.told(error)}", err=True)
            sys.stdout.flush()
        except OSError:  # they may be files on a disk that is full, which Python would try again
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
        sys.exit(3)
