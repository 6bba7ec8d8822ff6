"""Write report files. Each is replaced as a whole, so that a full disk leaves the old one.

The checksums of all files that were written stand beside them, in the form of sha256sum. A file
that has another one was changed by hand: it is kept under another name.
"""

import hashlib
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
        for path, data in formats.make(name)(assignment, rows, options).items():
            if _changed(out / path, data, checksums.get(path)):
                kept[path] = _moved(out / path).relative_to(out).as_posix()
            _replace(out / path, data)
            checksums[path] = hashlib.sha256(data).hexdigest()
            written.append(path.split("/")[0])
    lines = "".join(f"{checksum}  {path}\n" for path, checksum in checksums.items())
    _replace(out / CHECKSUMS, lines.encode())
    return list(dict.fromkeys(written)), kept


def _checksums(path: Path) -> dict[str, str]:
    """The checksums of the files that were written before, by their paths."""
    if not path.exists():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text("utf-8", "replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) > 1}


def _changed(path: Path, data: bytes, checksum: str | None) -> bool:
    """Whether a file that will be replaced by other data holds something we did not write."""
    if not path.is_file():
        return False
    old = path.read_bytes()
    return old != data and hashlib.sha256(old).hexdigest() != checksum


def _moved(path: Path) -> Path:
    """Rename a file to the first free name."""
    other, number = path.with_stem(f"{path.stem}-edited"), 2
    while other.exists():
        other, number = path.with_stem(f"{path.stem}-edited-{number}"), number + 1
    return path.rename(other)


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")  # a killed run may have left one
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
