"""Every operation, found by walking the folders; one operation, found by its name."""

import difflib
import functools
import importlib
from pathlib import Path
from types import ModuleType

from reference.spec import Operation

ROOT = Path(__file__).parent


@functools.cache
def names() -> dict[str, str]:
    """The name of each operation and the module that holds it, without importing any."""
    return {
        path.stem: f"reference.{path.parent.name}.{path.stem}"
        for path in sorted(ROOT.glob("*/*.py"))
        if not path.stem.startswith("_")
    }


def module(name: str) -> ModuleType:
    """Import the file of one operation alone. Raises LookupError where there is none."""
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise LookupError(f"there is no operation {name!r}.{hint}")
    return importlib.import_module(known[name])


def operation(name: str) -> Operation:
    found: Operation = module(name).SPEC
    return found


def operations() -> dict[str, Operation]:
    return {name: operation(name) for name in names()}
