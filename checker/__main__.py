"""The `check` program: one module per command, every one of them listed here."""

import io
import os
import sys
from pathlib import Path

import click

from checker import assignment, overview
from checker.commands import (
    doctor,
    explain,
    export,
    grade,
    hint,
    new,
    one,
    prove,
    show,
    start,
    verify,
)


class Course(click.Group):
    """Commands, and beside them every assignment by its name."""

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in assignment.names():
            return one.command(name)
        return super().get_command(context, name)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(context, args[0]) is None:
            known = ", ".join([*assignment.names(), *self.commands])
            context.fail(f"there is no assignment or command {args[0]!r}. There are: {known}.")
        return super().resolve_command(context, args)


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
        click.echo(overview.page([assignment.find(name) for name in assignment.names()], Path()))


COMMANDS = (
    start.start,
    hint.hint,
    explain.explain,
    show.show,
    grade.grade,
    export.export,
    new.new,
    doctor.doctor,
    prove.prove,
    verify.verify,
)

for each in COMMANDS:
    course.add_command(each)


def main() -> None:
    """Exit codes: 0 all right, 1 not all right, 2 wrong usage, 3 could not grade."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows pipe may know no bars and no ticks
            stream.reconfigure(errors="replace")
    try:
        course(prog_name="check")
    except assignment.ManifestError as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except Exception as error:
        click.echo(f"check could not do it: {type(error).__name__}: {error}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
