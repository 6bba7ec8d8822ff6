"""Every operation, found by walking the folders; one operation, found by its name."""

import importlib
from pathlib import Path

from reference.spec import Operation

ROOT = Path(__file__).parent


def names() -> dict[str, str]:
    """The name of each operation and the module that holds it, without importing any."""
    return {
        path.stem: f"reference.{path.parent.name}.{path.stem}"
        for path in sorted(ROOT.glob("*/*.py"))
        if not path.stem.startswith("_")
    }


def operation(name: str) -> Operation:
    """Import one operation alone. Raises LookupError where there is none of that name."""
    known = names()
    if name not in known:
        raise LookupError(name)
    found: Operation = importlib.import_module(known[name]).SPEC
    return found


def operations() -> dict[str, Operation]:
    return {name: operation(name) for name in names()}
