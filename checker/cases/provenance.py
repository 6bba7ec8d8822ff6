"""The source files that a result depends on, found by following import statements.

A cached result is valid as long as these files are unchanged. The files are read and not imported,
because importing the reference takes longer.
"""

import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from checker.course.assignment import Assignment
from reference import catalogue

ROOT = Path(__file__).parents[2]
IMPORT_STATEMENT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+([\w.]+))", re.M
)
OWN_PACKAGES = ("checker", "reference", "assignments")


def checksum(assignment: Assignment, *modules: str) -> str:
    """A checksum of all files that these modules and the assignment depend on."""
    texts = {
        path.relative_to(ROOT).as_posix(): data
        for path, data in sources([*modules, *operations(assignment)]).items()
    }
    own = [assignment.folder / "assignment.toml", *assignment.folder.glob("mutants/*.py")]
    texts |= {path.name: path.read_bytes() for path in own if path.exists()}
    digest = hashlib.sha256()
    for name, data in sorted(texts.items()):
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def sources(modules: Iterable[str]) -> dict[Path, bytes]:
    """The contents of these modules and of all modules that they import, directly or indirectly."""
    contents: dict[Path, bytes] = {}
    waiting = list(modules)
    seen = set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name.partition(".")[0] not in OWN_PACKAGES:
            continue
        seen.add(name)
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
    return data, _imported(data.decode())


def operations(assignment: Assignment) -> list[str]:
    """Modules that are imported dynamically, by the name of an operation or of its kind."""
    modules = [catalogue.names().get(task.operation, "") for task in assignment.tasks]
    library = [
        module.replace("reference.", f"checker.library.{part}.")
        for module in modules
        for part in ("mutants", "variants")
    ]
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
    path = ROOT.joinpath(*name.split("."))
    choices = (path.with_suffix(".py"), path / "__init__.py")
    return next((choice for choice in choices if choice.is_file()), None)
