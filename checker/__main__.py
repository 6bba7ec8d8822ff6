"""The `check` program: one module per command, every one of them listed here."""

import sys

import click

from checker import assignment
from checker.commands import grade, one, show, start, verify


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
    if context.invoked_subcommand is None:
        click.echo("Assignments, in the order of the course:\n")
        for name in assignment.names():
            found = assignment.find(name)
            click.echo(
                f"  {name:<14} {found.title}: {len(found.tasks)} tasks, {found.points:g} points"
            )
        click.echo("\n`check start NAME` puts one in this folder, `check NAME` grades it.")


for each in (start.start, grade.grade, show.show, verify.verify):
    course.add_command(each)


def main() -> None:
    """Exit codes: 0 all right, 1 not all right, 2 wrong usage, 3 could not grade."""
    try:
        course(prog_name="check")
    except Exception as error:
        click.echo(f"check could not do it: {type(error).__name__}: {error}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
