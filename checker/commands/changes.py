"""check changes: list how the marks of a class came to be what they are."""

import contextlib
from pathlib import Path

import click


@click.command(short_help="List the changes of the marks of a class.")
@click.argument("out", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("student", required=False)
def changes(out: Path, student: str | None) -> None:
    """List every change of a mark: when, before, after and why.

    OUT is the output folder of `check grade`. With STUDENT, a name from its first column, only the
    changes of this student.
    """
    from checker.classroom.store import FILENAME, Store

    if not (out / FILENAME).exists():
        raise click.UsageError(f"{out} has no {FILENAME}: name the output folder of `check grade`.")
    with contextlib.closing(Store(out / FILENAME)) as kept:
        found = [change for change in kept.changes() if student in (None, change.name)]
    if not found:
        raise click.UsageError(f"no mark of {student or 'the class'} has been written there.")
    click.echo("\n".join(map(str, found)))
