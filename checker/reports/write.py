"""Writing reports: each file whole or not at all, so that a full disk leaves what was there."""

import os
from pathlib import Path

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.reports import forms


def write(
    out: Path,
    assignment: Assignment,
    rows: list[Row],
    wanted: tuple[str, ...],
    options: forms.Options,
) -> list[str]:
    """What there is to open, in the order wanted: files, and folders of files."""
    made: list[str] = []
    for name in dict.fromkeys(wanted):
        for path, data in forms.form(name)(assignment, rows, options).items():
            _replace(out / path, data)
            made.append(path.split("/")[0])
    return list(dict.fromkeys(made))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
