"""Mutants: known-wrong implementations of operations, with a misconception and a hint for students.

The tree mirrors `reference`. Each public function in a module is a mutant. Its name is its
permanent id, the first line of its docstring is the misconception that students read, and the rest
is the hint. A mutant of the backward has `grad` as its first parameter. A decorator from
`checker.library.marks` marks a function that is not a mistake: a convention, unstable, or a term.

`NOT_APPLICABLE` names the generic mutants (`checker.library.generic`) that make no sense for the
operation or are right. `SHARED` has the modules whose functions count as those of several modules.

A course and an assignment may have further mutants of an operation in a file mutants/<operation>.py
in their folders, written in the same way. Its cases kill these too, and its reports may name them.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path
from types import ModuleType
from typing import Any

from checker.course import code
from checker.library.marks import mark
from reference.catalogue import described, names

KINDS = ("mistake", "convention", "unstable")


class LibraryError(ValueError):
    """A file of mutants or variants of a course cannot be used. The message says why."""


@dataclass(frozen=True)
class Written:
    """A mutant of the library: a function with the signature of the reference, and its mark."""

    function: Callable[..., Any]
    kind: str

    @property
    def backward(self) -> bool:
        return is_backward(self.function)


def is_backward(function: Callable[..., Any]) -> bool:
    """Whether a function has the signature of a backward."""
    parameters = list(inspect.signature(function).parameters)
    return parameters[:1] == ["grad"] and "state" not in parameters


def written(operation: str, folder: Path | None = None) -> tuple[Written, ...]:
    """The mutants of an operation: mistakes first, then conventions, then unstable ones."""
    entries = [
        Written(function, mark(function))
        for module in _modules(operation, folder)
        for function in functions(module)
    ]
    return tuple(entry for kind in KINDS for entry in entries if entry.kind == kind)


def terms(operation: str) -> tuple[Callable[..., Any], ...]:
    """The terms of which right and wrong backwards of this operation are sums."""
    return tuple(
        function
        for module in _modules(operation)
        for function in vars(module).values()
        if inspect.isfunction(function) and mark(function) == "term"
    )


def not_applicable(operation: str, folder: Path | None = None) -> frozenset[str]:
    """The names of the generic mutants that make no sense for an operation."""
    declared = (getattr(module, "NOT_APPLICABLE", ()) for module in _modules(operation, folder))
    return frozenset(name for names in declared for name in names)


def strangers(folder: Path, operations: Iterable[str]) -> list[Path]:
    """Files of mutants of an assignment that belong to none of its operations."""
    return sorted(p for p in folder.glob("mutants/*.py") if p.stem not in set(operations))


def functions(module: ModuleType) -> list[Callable[..., Any]]:
    """The public functions that a module defines, and those that it shares with others."""
    return [
        value
        for part in (module, *getattr(module, "SHARED", ()))
        for name, value in vars(part).items()
        if inspect.isfunction(value) and value.__module__ == part.__name__ and name[0] != "_"
    ]


def modules(part: str, operation: str) -> list[ModuleType]:
    """The modules of an operation in a part of the library, "mutants" or "variants".

    They are that of this package, and that of the course. Raises LibraryError if the latter cannot
    be used.
    """
    found = []
    name = names()[operation].replace("reference.", f"checker.library.{part}.")
    try:
        if name.startswith("checker."):
            found.append(import_module(name))
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise  # the module exists, but one of its imports fails
    own = code.module(part, operation)
    if path := code.file(own):
        try:
            found.append(import_module(own))
        except Exception as error:
            raise LibraryError(described(error, path)) from error
        _require_functions(found[-1], path, part)
    return found


def _modules(operation: str, folder: Path | None = None) -> list[ModuleType]:
    """The modules of mutants of an operation: of the library, of the course, of the assignment."""
    found = modules(code.MUTANTS, operation)
    if folder is not None and (folder / "mutants" / f"{operation}.py").exists():
        found.append(_load(folder / "mutants" / f"{operation}.py"))
    return found


def _load(path: Path) -> ModuleType:
    """Import an assignment's file of mutants. Raises LibraryError if it cannot be used."""
    spec = util.spec_from_file_location(f"mutants_of_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise LibraryError(described(error, path)) from error
    _require_functions(module, path, code.MUTANTS)
    return module


def _require_functions(module: ModuleType, path: Path, part: str) -> None:
    """Raise LibraryError if there are no functions, or mutants without words."""
    found = functions(module)
    if not found:
        one = part.removesuffix("s")
        raise LibraryError(f"{path}: it has no public function. Each public function is a {one}.")
    for function in found:
        if part == code.MUTANTS and not inspect.getdoc(function):
            raise LibraryError(
                f"{path}: {function.__name__} has no docstring. Its first line is what students "
                "read. If it is a helper, let its name start with an underscore."
            )
