"""check export: write what grades an assignment elsewhere."""

from pathlib import Path

import click

from checker.commands.files import write
from checker.course import assignment as assignments

LARGEST_SEED = 2**32

to = click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Where to write it. The default is here."
)


@click.group(short_help="Write what grades an assignment elsewhere.")
def export() -> None:
    """Write what grades an assignment elsewhere."""


@export.command()
@click.argument("name")
@to
def gradescope(name: str, out: Path | None) -> None:
    """Write the zip of an autograder that grades assignment NAME on Gradescope.

    It has the seed of the fresh cases, which is drawn now: keep the zip to yourself.
    """
    import secrets

    from checker.handout import exports

    path = _path(name, "-autograder.zip", out)
    _write({path: exports.gradescope(name, secrets.randbelow(LARGEST_SEED))})
    click.echo(f"{path} written. Upload it to Gradescope as the autograder.")


@export.command()
@click.argument("name")
@to
def github(name: str, out: Path | None) -> None:
    """Write what grades assignment NAME on GitHub, for GitHub Classroom and Classroom 50.

    The content of the folder `template` belongs into the template repository of GitHub Classroom,
    that of `classroom50` into CLASSROOM/autograders/SLUG of Classroom 50.
    """
    from checker.handout import exports

    folder = _path(name, "-github", out)
    _write({folder / path: data for path, data in exports.github(name).items()})
    click.echo(
        f"{folder} written. Copy all of {folder / 'template'} into the template repository, or of "
        f"{folder / 'classroom50'} into CLASSROOM/autograders/SLUG for Classroom 50."
    )


@export.command()
@click.argument("name")
@to
def docker(name: str, out: Path | None) -> None:
    """Write a Dockerfile for an image that grades one submission of assignment NAME."""
    from checker.handout import exports

    folder = _path(name, "-docker", out)
    _write({folder / path: data for path, data in exports.docker(name).items()})
    click.echo(f"{folder} written. Build the image with: docker build -t {name} {folder}")


def _path(name: str, ending: str, out: Path | None) -> Path:
    """Where to write what is made for an assignment. Raises click.UsageError if there is none."""
    try:
        found = assignments.find(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    return out or Path(f"{found.name}{ending}")


def _write(files: dict[Path, bytes]) -> None:
    """Write the files, but never over one that exists."""
    if taken := [path for path in files if path.exists()]:
        raise click.UsageError(f"{taken[0]} exists already. Choose another one with -o.")
    write(files)
