"""What the files of an author depend on: operations, mutants and variants of a course.

Authors import in any way, from anywhere. So their files are parsed, and their own modules elsewhere
are followed too. Of an installed package, only the names and sizes of its files are read.
"""

import ast
import sys
from importlib.util import find_spec
from pathlib import Path

from checker.course import code

INSTALLED = {"site-packages", "dist-packages"}
KNOWN = sys.stdlib_module_names | {"numpy"}  # their versions belong to every key

Found = tuple[dict[Path, bytes], list[str]]  # the contents of files, and what they import


def read(name: str) -> Found:
    """The files of a module, and the modules that they import. None are imported here."""
    first = name.partition(".")[0]
    if first == code.PACKAGE:
        path = code.file(name)
        data = {path: path.read_bytes() for path in code.data()} if path else {}
        return _followed(name, path, data)
    if not first or first in KNOWN:
        return {}, []
    try:
        found = find_spec(first)
    except (ImportError, ValueError):
        found = None
    if found is None:
        return {}, []
    places = [Path(place) for place in found.submodule_search_locations or ()]
    if any(INSTALLED.intersection(place.parts) for place in places):
        return {place: _listing(place) for place in places}, []
    if not places and found.origin:
        return _followed(first, Path(found.origin), {})
    rest = name.split(".")[1:]
    files = (code.source(place.joinpath(*rest)) for place in places)
    return _followed(name, next(filter(None, files), None), {})


def imported(data: bytes, package: str) -> list[str]:
    """The modules that a file of this package may import. Some of the names may not be modules."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError):
        return []
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: package.count(".") + 2 - node.level] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return names


def _followed(name: str, path: Path | None, others: dict[Path, bytes]) -> Found:
    if path is None or path.suffix != ".py":
        return others, []
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    data = path.read_bytes()
    return {path: data, **others}, imported(data, package)


def _listing(folder: Path) -> bytes:
    found = sorted((path.relative_to(folder), path.stat().st_size) for path in folder.rglob("*.py"))
    return repr([(path.as_posix(), size) for path, size in found]).encode()
