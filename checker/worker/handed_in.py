"""Files handed in together import each other, from memory: there is no folder to read.

Both `import helpers` and `from .helpers import f` find helpers.py, and `tools.nets` finds
tools/nets.py. Each is read as the main file is: what fails in it costs itself.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from checker.worker import source

PACKAGE = "submission"  # the main file belongs to it, so that a relative import has a beginning


class Finder(MetaPathFinder):
    def __init__(self, files: dict[str, bytes], importing: source.Importing | None = None) -> None:
        self._importing = importing
        self._files = {_module(path): (path, data) for path, data in files.items()}
        self._folders = {name.rpartition(".")[0] for name in self._files} | {PACKAGE}
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
        loader = _File(filename, data, self._importing)
        return ModuleSpec(fullname, loader, origin=filename, is_package=folder)


class _File(Loader):
    def __init__(
        self, filename: str, data: bytes, importing: source.Importing | None = None
    ) -> None:
        self._filename, self._data, self._importing = filename, data, importing

    def exec_module(self, module: ModuleType) -> None:
        try:
            source.load(self._filename, self._data, module, importing=self._importing)
        except source.UnreadableError as error:
            raise ImportError(f"{self._filename}: {error}") from error


def packages(files: dict[str, bytes]) -> set[str]:
    """What `import` finds of them, by the first part of its name."""
    return {_module(path).partition(".")[0] for path in files} | {PACKAGE}


def _module(path: str) -> str:
    return path.replace("\\", "/").removesuffix(".py").replace("/", ".")
