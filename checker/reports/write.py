"""Write report files. Each is replaced as a whole, so that a full disk leaves the old one."""

import os
from pathlib import Path

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.reports import formats


def write(
    out: Path,
    assignment: Assignment,
    rows: list[ClassRow],
    wanted: tuple[str, ...],
    options: formats.Options,
) -> list[str]:
    """Write the wanted formats into the folder `out`.

    Returns the names of the files and folders that were written there, in the order wanted.
    """
    written: list[str] = []
    for name in dict.fromkeys(wanted):
        for path, data in formats.make(name)(assignment, rows, options).items():
            _replace(out / path, data)
            written.append(path.split("/")[0])
    return list(dict.fromkeys(written))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
