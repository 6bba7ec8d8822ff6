"""Our packages, imported beside files of a student that have the same names.

A notebook looks for modules in its own folder first, where a student may have a reference.py. So
our packages are imported from where this one is. Between two calls they are not among the imported
modules, unless they were before: there, the name means the student's file.
"""

import functools
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

HOME = Path(__file__).resolve().parents[1]
NAMES = ("assignments", "checker", "reference")

Given = ParamSpec("Given")
Result = TypeVar("Result")

_kept: dict[str, ModuleType] = {}
_one_at_a_time = threading.RLock()


def ours(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """A function that imports our packages, and no others of their names."""

    @functools.wraps(function)
    def among_ours(*arguments: Given.args, **settings: Given.kwargs) -> Result:
        with _one_at_a_time, _in_place():
            return function(*arguments, **settings)

    return among_ours


@contextmanager
def _in_place() -> Iterator[None]:
    if _is_ours():
        yield
        return
    theirs = _taken()
    sys.modules.update(_kept)
    sys.path.insert(0, str(HOME))
    try:
        yield
    finally:
        sys.path.remove(str(HOME))
        _kept.update(_taken())
        sys.modules.update(theirs)


def _is_ours() -> bool:
    """Whether all of these names that are imported are ours, and some are."""
    found = [sys.modules[name].__file__ for name in NAMES if name in sys.modules]
    return bool(found) and all(Path(f or "").parent.parent == HOME for f in found)


def _taken() -> dict[str, ModuleType]:
    """Take the modules of these names, and all inside of them, away from the imported ones."""
    names = [name for name in sys.modules if name.partition(".")[0] in NAMES]
    return {name: sys.modules.pop(name) for name in names}
