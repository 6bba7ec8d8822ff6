"""The `check` program. Each command has its own module and is listed in `COMMANDS`."""

import difflib
import io
import os
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
    prove,
    show,
    start,
    tables,
    verify,
)
from checker.course import assignment
from checker.student import overview


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
            context.fail(self._unknown(args[0]))
        return super().resolve_command(context, args)

    def _unknown(self, word: str) -> str:
        """What is wrong with a first word, and what was probably meant."""
        visible = [name for name, command in self.commands.items() if not command.hidden]
        words = [*assignment.names(), *visible]
        stem, suffix = os.path.splitext(word)
        near = difflib.get_close_matches(stem.lower(), words, n=1, cutoff=0.5)
        message = f"there is no assignment or command {word!r}."
        if not near:
            return f"{message} `check` lists the assignments, `check --help` the commands."
        is_file = suffix in (".py", ".ipynb") and near[0] in assignment.names()
        return f"{message} Did you mean: check {near[0]}{f' {word}' if is_file else ''}"


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
        if isinstance(stream, io.TextIOWrapper):  # a Windows pipe may lack bars and ticks
            stream.reconfigure(errors="replace")
    try:
        course(prog_name="check")
    except assignment.ManifestError as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except Exception as error:
        click.echo(f"check failed: {type(error).__name__}: {error}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
