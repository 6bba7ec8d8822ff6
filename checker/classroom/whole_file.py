"""Write a file whole or not at all, so that a kill or a full disk leaves what was there."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put a text in the place of what the file has."""
    with unfinished(path, [text.encode("utf-8", "surrogateescape")]):
        pass


@contextlib.contextmanager
def unfinished(path: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """The file under another name, until it takes the place of the old one at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.unfinished")  # a killed run may have left one
    try:
        with made.open("wb") as file:
            file.writelines(pieces)
        yield made
        made.replace(path)
    except BaseException as error:
        made.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # a write that fails does not say where
        raise
