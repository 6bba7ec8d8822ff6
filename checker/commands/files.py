"""Files that a command writes."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in plain words, as a usage error, why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error


def write(contents: dict[Path, bytes]) -> None:
    """Write files, and the folders that they lie in."""
    for path, data in contents.items():
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
