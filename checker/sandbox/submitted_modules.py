"""Imports between files that were submitted together. The files are in memory, not in a folder.

Both `import helpers` and `from .helpers import f` find helpers.py, and `tools.nets` finds
tools/nets.py. Each file is run like the main file: a statement that fails does not stop it.
"""

import sys
import unicodedata
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from checker.sandbox import source

PACKAGE = "submission"  # the package of the main file, which relative imports need


class Finder:
    """Finds the submitted files. It replaces any earlier Finder."""

    def __init__(
        self, files: dict[str, bytes], import_function: source.ImportFunction | None = None
    ) -> None:
        self._import_function = import_function
        self._files = {_module(path): (path, data) for path, data in files.items()}
        self._folders = {PACKAGE, *(folder for name in self._files for folder in _folders(name))}
        for finder in [f for f in sys.meta_path if isinstance(f, Finder)]:
            sys.meta_path.remove(finder)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        name = fullname.removeprefix(f"{PACKAGE}.")
        folder = name in self._folders or f"{name}.__init__" in self._files
        if not folder and name not in self._files:
            return None
        filename, data = self._files.get(name) or self._files.get(f"{name}.__init__", (name, b""))
        loader: Any = _File(filename, data, self._import_function)
        return ModuleSpec(fullname, loader, origin=filename, is_package=folder)


class _File:
    """Loads one of the files. The base classes for this would take longer than all files here."""

    def __init__(
        self, filename: str, data: bytes, import_function: source.ImportFunction | None = None
    ) -> None:
        self._filename, self._data = filename, data
        self._import_function = import_function

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python to make the module."""

    def exec_module(self, module: ModuleType) -> None:
        try:
            source.load(self._filename, self._data, module, import_function=self._import_function)
        except source.UnreadableError as error:
            raise ImportError(f"{self._filename}: {error}") from error


def _folders(module: str) -> list[str]:
    """The packages around a module: a and a.b around a.b.c."""
    parts = module.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def packages(files: dict[str, bytes]) -> set[str]:
    """The top-level names under which these files can be imported."""
    return {_module(path).partition(".")[0] for path in files} | {PACKAGE}


def _module(path: str) -> str:
    """The name of the module, whose letters Python looks up in their shortest form."""
    path = unicodedata.normalize("NFKC", path)
    return path.replace("\\", "/").removesuffix(".py").replace("/", ".")
