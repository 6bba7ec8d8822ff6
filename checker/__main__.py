"""The `check` program. Each command has its own module and is listed in `COMMANDS`."""

import os
import signal
import sys
from pathlib import Path

import click

from checker.commands import (
    doctor,
    explain,
    export,
    grade,
    hint,
    new,
    one,
    progress,
    prove,
    read,
    show,
    signals,
    start,
    submit,
    tables,
    verify,
)
from checker.course import assignment
from checker.reports import screen
from checker.sandbox import shortage
from checker.student import first_word, overview


class Course(click.Group):
    """The commands, and one command for each assignment, named after it."""

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in assignment.names():
            return one.command(name)
        return super().get_command(context, name)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
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


@click.group(cls=Course, invoke_without_command=True)
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
        click.echo(overview.page(listed, Path(), screen.size().columns))


COMMANDS = (
    start.start,
    read.read,
    hint.hint,
    explain.explain,
    show.show,
    progress.progress,
    submit.submit,
    grade.grade,
    export.export,
    new.new,
    doctor.doctor,
    prove.prove,
    verify.verify,
    tables.tables,
)

for command in COMMANDS:
    course.add_command(command)


def main() -> None:
    """Run `check` and exit.

    The exit code is 0 if everything is right, 1 if something is wrong, 2 after wrong usage, and 3
    if grading failed.
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
    except assignment.ManifestError as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except Exception as error:
        ours = type(error).__module__.startswith("checker.")  # such errors say what to do
        kind = "" if ours else f"{type(error).__name__}: "
        click.echo(f"check failed: {shortage.explained(error) or f'{kind}{error}'}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
