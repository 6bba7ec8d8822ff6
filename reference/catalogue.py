"""Every operation, found by walking the folders; one operation, found by its name."""

import difflib
import functools
import importlib
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # finding a name waits for no numpy
    from reference.spec import Operation

ROOT = Path(__file__).parent
NOT_FAMILIES = ("experiments", "keras", "pictures")  # folders that hold no operations


class CollisionError(ValueError):
    """Two operations have the same name."""


@functools.cache
def names() -> dict[str, str]:
    """The name of each operation and the module that holds it, without importing any.

    Raises CollisionError where two families have an operation of the same name.
    """
    known: dict[str, str] = {}
    for path in sorted(ROOT.glob("*/*.py")):
        if path.stem.startswith("_") or path.parent.name in NOT_FAMILIES:
            continue
        module = f"reference.{path.parent.name}.{path.stem}"
        if path.stem in known:
            raise CollisionError(
                f"{known[path.stem]} and {module} have the same name. Rename one of them: an "
                "operation is found by its name alone."
            )
        known[path.stem] = module
    return known


def module(name: str) -> ModuleType:
    """Import the file of one operation alone. Raises LookupError where there is none."""
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name.lower(), known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise LookupError(f"there is no operation {name!r}.{hint}")
    return importlib.import_module(known[name])


def operation(name: str) -> "Operation":
    found: Operation = module(name).SPEC
    return found


def operations() -> "dict[str, Operation]":
    return {name: operation(name) for name in names()}
