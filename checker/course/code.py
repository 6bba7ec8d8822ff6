"""The code of a course: its operations, mutants and correct variants, as the package PACKAGE.

They are in three folders of the course and are imported from there, under names that nothing else
has. No folder is added to `sys.path`, so that no submission can import them.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from checker.course.course_manifest import near
from checker.course.manifest import ManifestError
from reference import catalogue

PACKAGE = "gradproof_course"
PARTS = OPERATIONS, MUTANTS, VARIANTS = "operations", "mutants", "variants"

Snapshot = tuple[Path | None, tuple[tuple[str, int, int], ...]]  # a folder, and its files

_snapshot: Snapshot = (None, ())


class _Loader(SourceFileLoader):
    """Imports the source itself: bytecode looks new if a file changes twice in a second."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def snapshot() -> Snapshot:
    """What is in use. Equal snapshots are the same code."""
    return _snapshot


def use(folder: Path) -> None:
    """Use the code of this course instead of that of another.

    Raises ManifestError if the name of a file cannot be, with a line for each.
    """
    if folder != _snapshot[0]:
        _load((folder, _files(folder)))


def refresh() -> None:
    """Forget what was imported if a file has changed since. To be called before work is begun."""
    folder, known = _snapshot
    if folder is not None and (found := _files(folder)) != known:
        _load((folder, found))


def _load(new: Snapshot) -> None:
    global _snapshot
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
    _snapshot = (None, ())
    catalogue.use({})
    folder, found = new
    if folder is not None and found:
        importlib.invalidate_caches()
        _add_package(PACKAGE, [])
        for part in PARTS:
            path = str(folder / part)
            sys.path_importer_cache[path] = FileFinder(path, (_Loader, [".py"]))
            _add_package(f"{PACKAGE}.{part}", [path])
        _use_operations(folder)
    _snapshot = new


def _use_operations(folder: Path) -> None:
    paths = public(folder, OPERATIONS)
    problems = [
        f"{path} has no valid name: use letters, digits and _"
        for path in paths
        if not path.stem.isidentifier()
    ]
    try:
        catalogue.use({module(OPERATIONS, path.stem): path for path in paths})
    except catalogue.CollisionError as error:
        problems.append(str(error))
    known = {*catalogue.names(), *(path.stem for path in paths)}
    for path in [path for part in (MUTANTS, VARIANTS) for path in public(folder, part)]:
        if path.stem not in known:
            hint = (
                near(path.stem, known) or " If it is a helper, begin its name with an underscore."
            )
            problems.append(f"{path}: there is no operation {path.stem!r}.{hint}")
    if problems:
        catalogue.use({})
        raise ManifestError("\n".join(problems))


def _add_package(name: str, folders: list[str]) -> None:
    package = ModuleType(name)
    package.__path__ = folders
    sys.modules[name] = package


def _files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Each file in the three folders with its size and the time of its last change."""
    found = (path for part in PARTS for path in (folder / part).rglob("*"))
    return tuple(
        (str(path), known.st_size, known.st_mtime_ns)
        for path in sorted(found)
        if path.is_file() and "__pycache__" not in path.parts and (known := path.stat())
    )


def public(folder: Path, part: str) -> list[Path]:
    """The modules in one of the three folders. The name of a helper begins with an underscore.

    A name with a dot in front is that of an editor's own file.
    """
    return [path for path in sorted((folder / part).glob("*.py")) if path.stem[0] not in "_."]


def module(part: str, operation: str) -> str:
    """The name of the module of an operation in one of the three folders."""
    return f"{PACKAGE}.{part}.{operation}"


def file(name: str) -> Path | None:
    """The file of a module of the package, if there is one."""
    folder = _snapshot[0]
    package, *rest = name.split(".")
    if folder is None or package != PACKAGE or not rest:
        return None
    return source(folder.joinpath(*rest))


def source(path: Path) -> Path | None:
    """The file of the module with this path, which has no suffix, or of the package."""
    choices = (path.with_name(f"{path.name}.py"), path / "__init__.py")
    return next((choice for choice in choices if choice.is_file()), None)


def contains(path: Path) -> bool:
    """Whether a file is in one of the three folders."""
    folder = _snapshot[0]
    return folder is not None and any(
        path.resolve().is_relative_to((folder / part).resolve()) for part in PARTS
    )


def blamed(error: Exception) -> Path | None:
    """The last file of the three folders that was running when an error was raised, if any."""
    found, step = None, error.__traceback__
    while step:
        path = Path(step.tb_frame.f_code.co_filename)
        found, step = (path if contains(path) else found), step.tb_next
    return found


@contextmanager
def operation(name: str) -> Iterator[None]:
    """Let each error name the file of the operation that it is about, if this is a course's own.

    One that names a file already, or a line of the course, stays as it is.
    """
    try:
        yield
    except Exception as error:
        path = file(module(OPERATIONS, name))
        named = path is None or str(_snapshot[0]) in str(error) or blamed(error)
        if named or isinstance(error, MemoryError | OSError | ManifestError):
            raise
        ours = type(error).__module__.startswith(("checker.", "reference."))
        words = str(error) if ours else f"{type(error).__name__}: {error}"
        raise catalogue.OperationError(f"{path}: {words}") from error


def data() -> list[Path]:
    """The files in the three folders that are not Python: operations may read them."""
    paths = (Path(name) for name, _, _ in _snapshot[1])
    return [path for path in paths if path.suffix != ".py"]
