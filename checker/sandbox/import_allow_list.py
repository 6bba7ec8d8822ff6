"""The import allow-list of an assignment.

It applies to the import statements of the submission itself; numpy may import anything. It enforces
the rules of an exercise and is not a security measure: the kernel protects files.
"""

import builtins
from typing import Any

from checker.sandbox.source import ImportFunction


def only(allowed: list[str], own: set[str]) -> ImportFunction:
    """Return an `__import__` for the `allowed` packages and the submission's `own` ones.

    It raises ImportError for any other package.
    """

    def import_allowed(
        name: str, scope: Any = None, local_scope: Any = None, members: Any = (), level: int = 0
    ) -> Any:
        package = name.partition(".")[0]
        if level == 0 and package not in allowed and package not in own:
            raise ImportError(f"{name} is not allowed in this assignment: {_listed(allowed)}")
        return builtins.__import__(name, scope, local_scope, members, level)

    return import_allowed


def _listed(allowed: list[str]) -> str:
    *first, last = allowed
    return (
        f"you may import {', '.join(first)} and {last}" if first else f"you may import only {last}"
    )
