"""check export: write an assignment in another format."""

from pathlib import Path

import click

from checker.course import assignment as assignments


@click.group(short_help="Write an assignment as a zip for students.")
def export() -> None:
    """Write an assignment in another format."""


@export.command()
@click.argument("name")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The output file. The default is NAME.zip."
)
def student(name: str, out: Path | None) -> None:
    """Write assignment NAME as a zip that grades with Python and numpy alone.

    The zip has the starter, the text, the cases with their answers, and a small grader, check.py.
    """
    from checker.handout import student_zip
    from checker.student.progress_bar import case_sets

    try:
        assignment = assignments.find(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    data = student_zip.student(assignment, case_sets(assignment))
    path = out or Path(f"{name}.zip")
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise click.UsageError(f"{path} exists already. Choose another file with -o.") from error
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"{path} written.")
