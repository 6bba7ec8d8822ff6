"""Folders on the disk. Links are never followed, neither to files nor to folders."""

import os
import stat
from functools import partial
from pathlib import Path

from checker.sandbox import shortage
from checker.sandbox.folder import DEEPEST_FOLDER, File, Folder, IntakeError, rubbish

__all__ = ["File", "Folder", "IntakeError", "of_entry", "rubbish", "walk"]

MOST_FILES = 200_000  # in the folder of one student, and of students side by side
CLASS_FOLDERS = {"submitted"}  # folders inside a course that have one folder for each student


class _TooManyFilesError(Exception):
    """A folder holds more than MOST_FILES files."""


def walk(path: Path) -> Folder:
    """Read the folder of a class. Raises IntakeError if it holds too many files.

    The folder of one student that holds too many is only a file with a problem.
    """
    try:
        return _class(os.fspath(path), path.resolve().name, DEEPEST_FOLDER)
    except _TooManyFilesError as error:
        raise IntakeError(_too_many(os.fspath(path))) from error


def _class(path: str, name: str, depth: int) -> Folder:
    """A folder of students. Around it, there may be folders that hold nothing else."""
    entries = _entries(path, [MOST_FILES])
    if isinstance(entries, OSError):
        return _unreadable(name, entries)
    folder = Folder(name)
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            folder.files[entry.name] = of_entry(entry)
        elif depth and (len(entries) == 1 or entry.name in CLASS_FOLDERS):
            folder.folders[entry.name] = _class(entry.path, entry.name, depth - 1)
        else:
            folder.folders[entry.name] = _student(entry.path, entry.name, depth)
    return folder


def _student(path: str, name: str, depth: int) -> Folder:
    try:
        return _walk(path, name, [MOST_FILES], depth)
    except _TooManyFilesError:
        return _with_problem(name, _too_many(name))


def _walk(path: str, name: str, left: list[int], depth: int) -> Folder:
    if not depth:
        return _with_problem(
            name, f"{name} is inside too many folders; {DEEPEST_FOLDER} are allowed."
        )
    entries = _entries(path, left)
    if isinstance(entries, OSError):
        return _unreadable(name, entries)
    folder = Folder(name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folder.folders[entry.name] = _walk(entry.path, entry.name, left, depth - 1)
        else:
            folder.files[entry.name] = of_entry(entry)
    return folder


def _entries(path: str, left: list[int]) -> list[os.DirEntry[str]] | OSError:
    """What lies in a folder, sorted by name, or why it cannot be opened."""
    entries = []
    try:
        with os.scandir(path) as unsorted:
            for entry in unsorted:
                if rubbish(entry.name):
                    continue
                left[0] -= 1
                if left[0] < 0:
                    raise _TooManyFilesError
                entries.append(entry)
    except OSError as error:
        if shortage.explained(error):  # no fault of the folder
            raise
        return error
    return sorted(entries, key=lambda entry: entry.name)


def _too_many(name: str) -> str:
    return f"{name} holds more than {MOST_FILES} files."


def _unreadable(name: str, error: OSError) -> Folder:
    return _with_problem(name, f"{name} cannot be opened: {error.strerror}.")


def _with_problem(name: str, problem: str) -> Folder:
    """A folder whose files cannot be read. A file without a name says why."""
    return Folder(name, {"": File("", problem=problem)})


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
