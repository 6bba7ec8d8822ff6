"""A folder of files, on a disk or in an archive. Its files are read only when asked.

Everything downstream works on these two records, so it cannot follow a link, open a device or write
a file: they have no operation that would.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

DEEPEST = 24
MOST_FILES = 200_000

# What systems and tools leave beside the work itself.
RUBBISH = {"__MACOSX", "__pycache__", "node_modules", "venv", "env", "site-packages"}
RUBBISH |= {"Thumbs.db", "desktop.ini"}


class IntakeError(ValueError):
    """There is nothing to grade here, and why."""


@dataclass(frozen=True)
class File:
    """A name, a size, and a way to the bytes; where there is none, `problem` says why."""

    name: str
    size: int = 0
    opened: Callable[[int], bytes] = bytes
    problem: str = ""

    @property
    def suffix(self) -> str:
        return os.path.splitext(self.name)[1].lower()

    def read(self, most: int) -> bytes:
        """All of it. Raises IntakeError for what is too large or cannot be read."""
        if self.problem:
            raise IntakeError(self.problem)
        if self.size > most:
            raise IntakeError(too_large(self.name, self.size, most))
        try:
            data = self.opened(most + 1)
        except OSError as error:
            raise IntakeError(f"{self.name} cannot be read: {error.strerror or error}.") from error
        if len(data) > most:  # it grew, or its archive lied
            raise IntakeError(too_large(self.name, len(data), most))
        return data


@dataclass
class Folder:
    """Files and folders by their names, in the order of the names."""

    name: str
    files: dict[str, File] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)

    def everything(self) -> Iterator[File]:
        yield from self.files.values()
        for folder in self.folders.values():
            yield from folder.everything()

    def sort(self) -> None:
        self.files = dict(sorted(self.files.items()))
        self.folders = dict(sorted(self.folders.items()))
        for folder in self.folders.values():
            folder.sort()


def rubbish(name: str) -> bool:
    return name in RUBBISH or name.startswith(".")


def too_large(name: str, size: int, most: int) -> str:
    return f"{name} has {size / 2**20:.0f} MiB; {most // 2**20} MiB are allowed."


def walk(path: Path) -> Folder:
    """A folder on the disk. Links are never followed: not to files, not to folders."""
    budget = [MOST_FILES]
    return _walk(os.fspath(path), path.resolve().name, budget, DEEPEST)


def _walk(path: str, name: str, budget: list[int], depth: int) -> Folder:
    folder = Folder(name)
    try:
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        folder.files[""] = File(name, problem=f"{name} cannot be opened: {error.strerror}.")
        return folder
    for entry in entries:
        if rubbish(entry.name):
            continue
        budget[0] -= 1
        if budget[0] < 0:
            raise IntakeError(f"{path} holds more than {MOST_FILES} files.")
        if not entry.is_dir(follow_symlinks=False):
            folder.files[entry.name] = _file(entry)
        elif depth:
            inner = _walk(entry.path, entry.name, budget, depth - 1)
            folder.folders[entry.name] = inner
        else:
            why = f"{entry.name} is a folder too deep inside others."
            folder.files[entry.name] = File(entry.name, problem=why)
    return folder


def _file(entry: os.DirEntry[str]) -> File:
    try:
        known = entry.stat(follow_symlinks=False)
    except OSError as error:
        return File(entry.name, problem=f"{entry.name} cannot be read: {error.strerror}.")
    if stat.S_ISLNK(known.st_mode):
        return File(entry.name, problem=f"{entry.name} is a link, and links are not followed.")
    if not stat.S_ISREG(known.st_mode):
        return File(entry.name, problem=f"{entry.name} is not an ordinary file.")
    return File(entry.name, known.st_size, partial(_read, entry.path))


def _read(path: str, most: int) -> bytes:
    """The first bytes, of an ordinary file only, whatever has taken its place meanwhile."""
    flags = os.O_RDONLY
    for each in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # where the system has them
        flags |= getattr(os, each, 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "not an ordinary file any more")
        return file.read(most)
