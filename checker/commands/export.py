"""check export: an assignment in other forms."""

from pathlib import Path

import click

from checker import assignment as assignments


@click.group()
def export() -> None:
    """Write an assignment down in another form."""


@export.command()
@click.argument("name")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The file: NAME.zip if not given."
)
def student(name: str, out: Path | None) -> None:
    """Write assignment NAME as a zip that grades with Python and numpy alone.

    Starter, text, cases with their answers, and a small grader: python check.py.
    """
    from checker import bank, bundle
    from checker.waiting import Waiting

    try:
        found = assignments.find(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    with Waiting("Making the cases, once", len(found.tasks)) as bar:
        data = bundle.student(found, bank.load(found, bar.step))
    path = out or Path(f"{name}.zip")
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise click.UsageError(f"{path} is here already; -o names another file.") from error
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"{path} written.")
