"""Assignments and operations by any of their names, and the name that was probably meant."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from checker.course import assignment as assignments
from reference import catalogue

SUFFIXES = (".py", ".ipynb")


def plain(word: str) -> str:
    """A name without spaces and signs, in small letters and in British spelling."""
    return re.sub(r"[\W_]", "", word.lower()).replace("iz", "is")


def is_file(word: str) -> bool:
    return Path(word).suffix.lower() in SUFFIXES


def is_started(assignment: str, folder: Path) -> bool:
    """Whether a folder has a file with the name of the assignment."""
    return any((folder / f"{assignment}{suffix}").exists() for suffix in SUFFIXES)


def beginning(assignment: str, folder: Path) -> str:
    """The command to begin an assignment with: if it is started, to check it."""
    return f"check {'' if is_started(assignment, folder) else 'start '}{assignment}"


def assignment(word: str) -> str | None:
    """The assignment with this name, number, folder or title, or with a file of this name."""
    known = assignments.names()
    if word in known:
        return word
    wanted = plain(Path(word).stem if is_file(word) else word)
    for name, folder in known.items():
        number = folder.name.removesuffix(name).rstrip("_")
        if wanted and wanted in (plain(name), plain(folder.name), number, number.lstrip("0")):
            return name
    return next((name for name in known if wanted == plain(assignments.find(name).title)), None)


def operation(word: str) -> str | None:
    """The operation with this name, or with this title or a part of it."""
    known, wanted = catalogue.names(), plain(word)
    if not wanted:
        return None
    if found := [name for name in known if word == name or wanted == plain(name)]:
        return found[0]
    return next((n for n, m in known.items() if wanted in _title(catalogue.file(m))), None)


def near(word: str, known: Iterable[str]) -> str:
    """A sentence with the name that was probably meant, or nothing."""
    import difflib

    plain_names = {plain(name): name for name in known}
    found = difflib.get_close_matches(plain(Path(word).stem), plain_names, n=1)
    return f" Did you mean {plain_names[found[0]]!r}?" if found else ""


@cache
def _title(path: Path) -> list[str]:
    """The parts of the title of an operation: without what follows, and abbreviations in it."""
    with path.open(encoding="utf-8", errors="replace") as file:
        line = file.readline().lstrip('r"').strip('".\n')
    return [plain(part) for part in re.split(r"[:,()]", line)]
