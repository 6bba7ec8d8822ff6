"""check new: create an assignment."""

import click

from checker.course import assignment as assignments
from checker.handout import scaffold


@click.command(short_help="Create an assignment, for authors.")
@click.argument("name")
@click.pass_context
def new(context: click.Context, name: str) -> None:
    """Create assignment NAME, for authors: a folder with a manifest and a text to edit."""
    group = context.find_root().command
    taken = [*assignments.names(), *(group.commands if isinstance(group, click.Group) else ())]
    if name in taken:
        raise click.UsageError(f"{name} is taken. Choose a name other than {', '.join(taken)}.")
    try:
        folder = scaffold.folder(name, assignments.FOLDER)
        folder.mkdir()
        for file, text in scaffold.files(name).items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
            click.echo(f"{folder / file} written.")
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be written: {error.strerror}.") from error
    click.echo(f"Edit them, then run: check prove {name}")
