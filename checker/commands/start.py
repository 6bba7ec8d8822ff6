"""check start: put an assignment's starter and text in this folder."""

from pathlib import Path

import click

from checker import assignment as assignments


@click.command()
@click.argument("name")
def start(name: str) -> None:
    """Put the starter and the text of assignment NAME in this folder."""
    from checker import bank
    from checker.starter import starter

    try:
        found = assignments.find(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    for path, text in ((Path(f"{name}.py"), starter(found)), (Path(f"{name}.md"), found.text)):
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            click.echo(f"{path} is here already and stays as it is.")
        else:
            click.echo(f"{path} written.")
    bank.load(found)
    click.echo(f"Read {name}.md, edit {name}.py, then run: check {name}")
