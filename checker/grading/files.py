"""A folder of files, on a disk or in an archive. The contents of a file are read on demand.

The rest of the grader uses only these two records. They have no operation that follows a link,
opens a device or writes a file.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

DEEPEST_FOLDER = 24
MOST_FILES = 200_000

# Files and folders that operating systems and tools create.
RUBBISH = {"__MACOSX", "__pycache__", "node_modules", "venv", "env", "site-packages"}
RUBBISH |= {"Thumbs.db", "desktop.ini"}


class IntakeError(ValueError):
    """There is no file to grade. The message says why."""


@dataclass(frozen=True)
class File:
    """A file: its name, its size, and a function that reads up to a given number of bytes.

    If the file cannot be read, `problem` says why. `folder` is the path of its folder inside the
    submission, with a slash at the end, or empty.
    """

    name: str
    size: int = 0
    opened: Callable[[int], bytes] = bytes
    problem: str = ""
    folder: str = ""

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, such as ".py", or ""."""
        return os.path.splitext(self.name)[1].lower()

    def read(self, limit: int) -> bytes:
        """All bytes of the file. Raises IntakeError if it is too large or cannot be read."""
        if self.problem:
            raise IntakeError(self.problem)
        if self.size > limit:
            raise IntakeError(too_large(self.name, self.size, limit))
        try:
            data = self.opened(limit + 1)
        except OSError as error:
            raise IntakeError(f"{self.name} cannot be read: {error.strerror or error}.") from error
        if len(data) > limit:  # the file has grown, or its archive declares a wrong size
            raise IntakeError(too_large(self.name, len(data), limit))
        return data


@dataclass
class Folder:
    """A folder: its files and folders by name, sorted by name."""

    name: str
    files: dict[str, File] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)

    def everything(self, inside: str = "") -> Iterator[File]:
        """All files in this folder and in the folders inside it. `inside` is its own path."""
        yield from (replace(file, folder=inside) for file in self.files.values())
        for folder in self.folders.values():
            yield from folder.everything(f"{inside}{folder.name}/")

    def sort(self) -> None:
        """Sort the files and folders by name, at all levels."""
        self.files = dict(sorted(self.files.items()))
        self.folders = dict(sorted(self.folders.items()))
        for folder in self.folders.values():
            folder.sort()


def rubbish(name: str) -> bool:
    """Whether a file or folder of this name is ignored."""
    return name in RUBBISH or name.startswith(".")


def too_large(name: str, size: int, limit: int) -> str:
    """The message for a file that is too large."""
    return f"{name} has {size / 2**20:.0f} MiB; {limit // 2**20} MiB are allowed."


def walk(path: Path) -> Folder:
    """Read a folder on the disk. Links are never followed, neither to files nor to folders."""
    budget = [MOST_FILES]
    return _walk(os.fspath(path), path.resolve().name, budget, DEEPEST_FOLDER)


def _walk(path: str, name: str, budget: list[int], depth: int) -> Folder:
    folder = Folder(name)
    try:
        with os.scandir(path) as unsorted:
            entries = sorted(unsorted, key=lambda entry: entry.name)
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
            folder.files[entry.name] = of_entry(entry)
        elif depth:
            inner = _walk(entry.path, entry.name, budget, depth - 1)
            folder.folders[entry.name] = inner
        else:
            problem = f"{entry.name} is inside too many folders; {DEEPEST_FOLDER} are allowed."
            folder.files[entry.name] = File(entry.name, problem=problem)
    return folder


def of_entry(entry: os.DirEntry[str]) -> File:
    """A file on the disk. A link has a problem and is not followed."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return File(entry.name, problem=f"{entry.name} cannot be read: {error.strerror}.")
    if stat.S_ISLNK(status.st_mode):
        return File(entry.name, problem=f"{entry.name} is a link, and links are not followed.")
    if not stat.S_ISREG(status.st_mode):
        return File(entry.name, problem=f"{entry.name} is not an ordinary file.")
    return File(entry.name, status.st_size, partial(_read, entry.path))


def _read(path: str, limit: int) -> bytes:
    """The first bytes of a file. Raises OSError if a link or a device has replaced it."""
    flags = os.O_RDONLY
    # Not every system has all of these flags.
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "not an ordinary file any more")
        return file.read(limit)
