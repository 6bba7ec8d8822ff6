"""The source files that a result depends on, found by following import statements.

A cached result is valid as long as these files are unchanged. The files are read and not imported,
because importing the reference takes longer.
"""

import functools
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from checker.cases import authored
from checker.course import code
from checker.course.assignment import Assignment
from reference import catalogue

ROOT = Path(__file__).parents[2]
IMPORT_STATEMENT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+([\w.]+))", re.M
)
OWN_PACKAGES = ("checker", "reference", "assignments")


def checksum(assignment: Assignment, *modules: str) -> str:
    """A checksum of all that these modules and the assignment depend on."""
    code.refresh()  # what is computed under this checksum is computed with these files
    files = sources([*modules, *operations(assignment)], assignment.folder.glob("mutants/*.py"))
    folders = (code.snapshot()[0], assignment.folder.parent, ROOT)
    known = sorted((_place(path, folders), data) for path, data in files.items())
    digest = hashlib.sha256(repr(assignment.tasks).encode())
    for name, data in known:
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _place(path: Path, folders: Iterable[Path | None]) -> str:
    """The path in the first of these folders that it is in: contents count, not where they are."""
    for folder in folders:
        if folder and str(path).startswith(f"{folder}{os.sep}"):
            return str(path)[len(f"{folder}{os.sep}") :].replace(os.sep, "/")
    return path.name


def sources(modules: Iterable[str], files: Iterable[Path] = ()) -> dict[Path, bytes]:
    """The contents of these modules and of all modules that they import, directly or indirectly.

    `files` are files of an author that are no modules of a package.
    """
    contents: dict[Path, bytes] = {}
    waiting = list(modules)
    for file in files:
        contents[file] = file.read_bytes()
        waiting += authored.imported(contents[file], "")
    seen = set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name.partition(".")[0] not in OWN_PACKAGES:
            found, imported = authored.read(name)
            contents |= found
            waiting += imported
            continue
        path = _file(name)
        if path is not None and path not in contents:
            known = path.stat()
            contents[path], imported = _read(path, known.st_size, known.st_mtime_ns)
            waiting += imported
    return contents


@functools.cache
def _read(path: Path, size: int, changed: int) -> tuple[bytes, list[str]]:
    """A file and what it imports, read once as long as its size and time of change are the same."""
    data = path.read_bytes()
    return data, [n for n in _imported(data.decode()) if n.partition(".")[0] in OWN_PACKAGES]


def operations(assignment: Assignment) -> list[str]:
    """Modules that are imported dynamically, by the name of an operation or of its kind."""
    names = [task.operation for task in assignment.tasks]
    modules = [catalogue.names().get(name, "") for name in names]
    library = [
        module.replace("reference.", f"checker.library.{part}.")
        for module in modules
        for part in ("mutants", "variants")
    ]
    library += [code.module(part, name) for part in ("mutants", "variants") for name in names]
    kinds = [
        f"checker.cases.forms.{path.stem}" for path in (ROOT / "checker/cases/forms").glob("*.py")
    ]
    return [*modules, *library, *kinds]


def _imported(text: str) -> list[str]:
    """The modules that import statements may import. Some of the names may not be modules."""
    names = []
    for module, members, plain in IMPORT_STATEMENT.findall(text):
        names.append(module or plain)
        names += [f"{module}.{member}" for member in re.findall(r"\w+", members) if module]
    return names


def _file(name: str) -> Path | None:
    path = os.path.join(ROOT, *name.split("."))  # hundreds of them, for which Path is slow
    choices = (f"{path}.py", os.path.join(path, "__init__.py"))
    return next((Path(choice) for choice in choices if os.path.isfile(choice)), None)
