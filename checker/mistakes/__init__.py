"""The library of mistakes: what students get wrong, beside the words that help them.

The tree mirrors `reference`. In a module each function is one known version of the operation: its
name is its permanent id, the first line of its docstring is the misconception as the student reads
it, the rest is the hint. A first parameter `grad` means a version of the backward.

    MISTAKES       wrong
    CONVENTIONS    right in another course or library: named, and no mistake
    UNSTABLE       right, except that extreme inputs give nan, inf or noise
    TERMS          no versions, but the pieces that backwards of this operation are made of

An assignment may bring more for an operation: a file mistakes/<operation>.py in its folder, written
the same way. Its bank catches these too, and a student of this assignment may be told of them.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path
from typing import Any

from reference.catalogue import names

TUPLES = {"MISTAKES": "mistake", "CONVENTIONS": "convention", "UNSTABLE": "unstable"}


class LibraryError(ValueError):
    """A file of mistakes in the folder of an assignment that cannot be used, and why."""


@dataclass(frozen=True)
class Entry:
    """One known version: what it does, what kind it is, and what the student is told."""

    function: Callable[..., Any]
    kind: str

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def misconception(self) -> str:
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    @property
    def hint(self) -> str:
        return " ".join((inspect.getdoc(self.function) or "").partition("\n")[2].split())


def is_backward(function: Callable[..., Any]) -> bool:
    parameters = list(inspect.signature(function).parameters)
    return parameters[0] == "grad" and "state" not in parameters


def library(operation: str, asks: str, folder: Path | None = None) -> tuple[Entry, ...]:
    """The known versions that a task with this operation and form can meet.

    In a gradient with nothing above it there is no upstream gradient to forget.
    """
    backward = asks in ("backward", "gradient")
    return tuple(
        entry
        for entry in entries(operation, folder)
        if is_backward(entry.function) == backward
        and not (asks == "gradient" and entry.name == "upstream_forgotten")
    )


def entries(operation: str, folder: Path | None = None) -> tuple[Entry, ...]:
    """All that is known of an operation: nothing where nobody wrote anything down."""
    modules = [_module(operation)]
    if folder is not None and (folder / "mistakes" / f"{operation}.py").exists():
        modules.append(_load(folder / "mistakes" / f"{operation}.py"))
    return tuple(
        Entry(function, kind)
        for module in modules
        for name, kind in TUPLES.items()
        for function in getattr(module, name, ())
    )


def terms(operation: str) -> tuple[Callable[..., Any], ...]:
    """The pieces that versions of its backward are made of; a docstring says each as a formula."""
    return getattr(_module(operation), "TERMS", ())


def _module(operation: str) -> Any:
    name = names()[operation].replace("reference.", "checker.mistakes.")
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise  # the file is there, and it is broken
        return None


def strangers(folder: Path, operations: Iterable[str]) -> list[Path]:
    """Files of mistakes in the folder of an assignment that belong to none of its operations."""
    return sorted(p for p in folder.glob("mistakes/*.py") if p.stem not in set(operations))


def _load(path: Path) -> Any:
    spec = util.spec_from_file_location(f"mistakes_of_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise LibraryError(f"{path}: {type(error).__name__}: {error}") from error
    if not any(hasattr(module, name) for name in TUPLES):
        raise LibraryError(f"{path}: it has none of {', '.join(TUPLES)}, tuples of functions.")
    for function in (each for name in TUPLES for each in getattr(module, name, ())):
        if not inspect.getdoc(function):
            raise LibraryError(
                f"{path}: {getattr(function, '__name__', function)} has no docstring, whose first "
                "line is what the student is told."
            )
    return module
