"""The Python files that were submitted with a file, or lie beside it, and which it may import."""

import contextlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from checker.course import course as courses
from checker.grading import files
from checker.grading.files import File, Folder, IntakeError
from checker.grading.submission import Opened
from checker.sandbox import encoding

LARGEST = 2 * 2**20  # bytes of all of them together
WORD = re.compile(r"[^\W\d]\w*")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")  # a letter in the JSON of a notebook


def importable(together: Iterable[Opened], chosen: Opened) -> dict[str, bytes]:
    """The other Python files by the paths under which the chosen one may import them.

    Python looks in the folder of the file, and many editors also look in the outermost folder. A
    file in any folder is found by its name alone too, since `sys.path` may be changed to that.
    """
    contents: dict[str, tuple[str, bytes]] = {}
    left = LARGEST
    for file in together:
        path = file.folder + file.name
        if file.suffix != ".py" or path == chosen.folder + chosen.name or file.data is None:
            continue
        if len(file.data) <= left:
            contents[path] = file.name, file.data
            left -= len(file.data)
    inner = {path: data for path, (_, data) in contents.items() if path.startswith(chosen.folder)}
    by_path = {path.removeprefix(chosen.folder): data for path, data in inner.items()}
    by_name = {name: data for name, data in contents.values() if not _hides(name)}
    return {**by_name, **{path: data for path, (_, data) in contents.items()}, **by_path}


def _hides(filename: str) -> bool:
    """Whether a file, imported by its name alone, hides a module that others need."""
    return filename.removesuffix(".py") in {*sys.stdlib_module_names, "numpy", "__init__"}


def mentioned(path: Path, data: bytes) -> list[Opened]:
    """The Python files beside a file on the disk whose names occur in it, or in one another.

    A file may lie among thousands of others, so only what it may import is read.
    """
    beside: dict[str, list[os.DirEntry[str]]] = {}  # helpers.py and a folder helpers are one name
    with os.scandir(path.parent) as scanned:
        for entry in sorted(scanned, key=lambda entry: entry.name):
            beside.setdefault(module(entry.name), []).append(entry)
    beside.pop("numpy", None)  # a submission gets numpy itself
    found = list[Opened]()
    new = [data]
    while new:
        names = {word for data in new for word in words(text(data))}
        new = []
        for name in sorted(names & beside.keys()):
            for file in chain.from_iterable(map(_inside, beside.pop(name))):
                if courses.contains(path.parent / file.folder / file.name):
                    continue
                found.append(_read(file))
                new.append(found[-1].data or b"")
    return found


def text(data: bytes) -> str:
    """The text of a file, also of one that has another encoding or is a notebook."""
    try:
        found = encoding.text(data)
    except UnicodeDecodeError:
        found = data.decode("latin-1")
    return ESCAPED.sub(lambda letter: chr(int(letter[1], 16)), found)


def words(text: str) -> set[str]:
    """The names in a text, in the form in which Python looks them up."""
    return set(WORD.findall(unicodedata.normalize("NFKC", text)))


def module(path: str) -> str:
    """The name under which Python looks for this file, or for the folder that it is in."""
    return unicodedata.normalize("NFKC", path.partition("/")[0].removesuffix(".py"))


def _inside(entry: os.DirEntry[str]) -> list[File]:
    """The Python file that this is, or those in this folder."""
    if files.rubbish(entry.name):
        return []
    if not entry.is_dir(follow_symlinks=False):
        return [file for file in [files.of_entry(entry)] if file.suffix == ".py"]
    with contextlib.suppress(IntakeError):
        folder = Folder("", folders={entry.name: files.walk(Path(entry.path))})
        return [file for file in folder.everything() if file.suffix == ".py"]
    return []


def _read(file: File) -> Opened:
    try:
        return Opened(file.name, file.folder, file.read(LARGEST))
    except IntakeError as error:  # it cannot be imported either
        return Opened(file.name, file.folder, problem=str(error))
