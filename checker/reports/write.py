"""Write report files. Each is replaced as a whole, so that a full disk leaves the old one.

The checksums of all files that were written stand beside them, in the form of sha256sum. A file
that has another one was changed by hand: it is kept under another name.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.reports import formats

CHECKSUMS = "written.sha256"


def write(
    out: Path,
    assignment: Assignment,
    rows: list[ClassRow],
    wanted: tuple[str, ...],
    options: formats.Options,
) -> tuple[list[str], dict[str, str]]:
    """Write the wanted formats into the folder `out`.

    Returns the names of the files and folders that were written there, in the order wanted, and the
    new names of files that were changed by hand.
    """
    written: list[str] = []
    kept: dict[str, str] = {}
    checksums = _checksums(out / CHECKSUMS)
    for name in dict.fromkeys(wanted):
        for path, pieces in formats.make(name)(assignment, rows, options):
            before = _checksum(out / path)
            with _unfinished(out / path, pieces) as new:
                checksum = _checksum(new)
                if before not in ("", checksum, checksums.get(path)):
                    kept[path] = _moved(out / path).relative_to(out).as_posix()
            checksums[path] = checksum
            written.append(path.split("/")[0])
    lines = "".join(f"{checksum}  {path}\n" for path, checksum in checksums.items())
    with _unfinished(out / CHECKSUMS, [lines.encode("utf-8", "surrogateescape")]):
        pass
    return list(dict.fromkeys(written)), kept


def _checksums(path: Path) -> dict[str, str]:
    """The checksums of the files that were written before, by their paths."""
    if not path.exists():
        return {}
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    pairs = (line.split("  ", 1) for line in text.split("\n"))
    return {pair[1]: pair[0] for pair in pairs if len(pair) > 1}


def _checksum(path: Path) -> str:
    """The checksum of a file, or an empty text if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _moved(path: Path) -> Path:
    """Rename a file to the first free name."""
    other, number = path.with_stem(f"{path.stem}-edited"), 2
    while other.exists():
        other, number = path.with_stem(f"{path.stem}-edited-{number}"), number + 1
    return path.rename(other)


@contextlib.contextmanager
def _unfinished(path: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """The file under another name, until it takes the place of the old one at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")  # a killed run may have left one
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        yield unfinished
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
