"""Mutants: known-wrong implementations of operations, with a misconception and a hint for students.

The tree mirrors `reference`. Each public function in a module is a mutant. Its name is its
permanent id, the first line of its docstring is the misconception that students read, and the rest
is the hint. A mutant of the backward has `grad` as its first parameter. A decorator from
`checker.library.marks` marks a function that is not a mistake: a convention, unstable, or a term.

`NOT_APPLICABLE` names the generic mutants (`checker.library.generic`) that make no sense for the
operation or are right.

An assignment may have further mutants of an operation in a file mutants/<operation>.py in its
folder, written in the same way. Its cases kill these too, and its reports may name them.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path
from types import ModuleType
from typing import Any

from checker.library.marks import mark
from reference.catalogue import names

KINDS = ("mistake", "convention", "unstable")


class LibraryError(ValueError):
    """A file of mutants of an assignment cannot be used. The message says why."""


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
    return parameters[0] == "grad" and "state" not in parameters


def written(operation: str, folder: Path | None = None) -> tuple[Written, ...]:
    """The mutants of an operation: mistakes first, then conventions, then unstable ones."""
    entries = [
        Written(function, mark(function))
        for module in _modules(operation, folder)
        for function in _functions(module)
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


def _functions(module: ModuleType) -> list[Callable[..., Any]]:
    return [
        value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and name[0] != "_"
    ]


def _modules(operation: str, folder: Path | None = None) -> list[ModuleType]:
    """The modules of mutants of an operation: of the library and of the assignment."""
    modules = []
    name = names()[operation].replace("reference.", "checker.library.mutants.")
    try:
        modules.append(import_module(name))
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise  # the module exists, but one of its imports fails
    if folder is not None and (folder / "mutants" / f"{operation}.py").exists():
        modules.append(_load(folder / "mutants" / f"{operation}.py"))
    return modules


def _load(path: Path) -> ModuleType:
    """Import an assignment's file of mutants. Raises LibraryError if it cannot be used."""
    spec = util.spec_from_file_location(f"mutants_of_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise LibraryError(f"{path}: {type(error).__name__}: {error}") from error
    functions = _functions(module)
    if not functions:
        raise LibraryError(f"{path}: it has no public function. Each public function is a mutant.")
    for function in functions:
        if not inspect.getdoc(function):
            raise LibraryError(
                f"{path}: {function.__name__} has no docstring. Its first line is what students "
                "read. If it is a helper, let its name start with an underscore."
            )
    return module
