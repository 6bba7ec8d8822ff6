"""The Python files that were submitted with a file, or lie beside it, and which it may import."""

import contextlib
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from checker.grading import files
from checker.grading.files import File, Folder, IntakeError

LARGEST = 2 * 2**20  # bytes of all of them together


def importable(together: Iterable[File], chosen: File) -> dict[str, bytes]:
    """The other Python files by the paths under which the chosen one may import them.

    Python looks in the folder of the file, and many editors also look in the outermost folder. A
    file in any folder is found by its name alone too, since `sys.path` may be changed to that.
    """
    contents: dict[str, tuple[File, bytes]] = {}
    left = LARGEST
    for file in together:
        path = file.folder + file.name
        if file.suffix == ".py" and path != chosen.folder + chosen.name:
            with contextlib.suppress(IntakeError):  # an unreadable file cannot be imported
                contents[path] = file, file.read(left)
                left -= len(contents[path][1])
    inner = {path: data for path, (_, data) in contents.items() if path.startswith(chosen.folder)}
    by_path = {path.removeprefix(chosen.folder): data for path, data in inner.items()}
    by_name = {file.name: data for file, data in contents.values() if not _hides(file.name)}
    return {**by_name, **{path: data for path, (_, data) in contents.items()}, **by_path}


def _hides(filename: str) -> bool:
    """Whether a file, imported by its name alone, hides a module that others need."""
    return filename.removesuffix(".py") in {*sys.stdlib_module_names, "numpy", "__init__"}


def mentioned(path: Path, data: bytes) -> list[File]:
    """The Python files beside a file on the disk whose names occur in it, or in one another.

    A file may lie among thousands of others, so only what it may import is read.
    """
    with os.scandir(path.parent) as scanned:
        beside = {entry.name.removesuffix(".py"): entry for entry in scanned}
    found = Folder("")
    new = [data]
    while new:
        names = {name.decode() for text in new for name in re.findall(rb"[A-Za-z_]\w*", text)}
        new = []
        for name in sorted(names & beside.keys()):
            for file in _inside(beside.pop(name), found):
                with contextlib.suppress(IntakeError):
                    new.append(file.read(LARGEST))
    return list(found.everything())


def _inside(entry: os.DirEntry[str], found: Folder) -> list[File]:
    """Add a Python file, or the folder of some, and return the Python files that this adds."""
    if files.rubbish(entry.name):
        return []
    with contextlib.suppress(IntakeError):
        if entry.is_dir(follow_symlinks=False):
            found.folders[entry.name] = files.walk(Path(entry.path))
            added = found.folders[entry.name].everything()
            return [file for file in added if file.suffix == ".py"]
        file = files.of_entry(entry)
        if file.suffix == ".py":
            found.files[entry.name] = file
            return [file]
    return []
