"""What a submission may import, where its assignment says so.

It is asked of the submission's own import statements: numpy imports what it likes. This keeps to
the rules of an exercise and is no wall; what must not be read, the kernel does not let read.
"""

import builtins
from typing import Any

from checker.worker.source import Importing


def only(allowed: list[str], own: set[str]) -> Importing:
    """An `__import__` for these packages and for the files of the submission itself."""

    def importing(
        name: str, into: Any = None, names: Any = None, wanted: Any = (), level: int = 0
    ) -> Any:
        package = name.partition(".")[0]
        if level == 0 and package not in allowed and package not in own:
            raise ImportError(f"{name} is not allowed in this assignment: {_listed(allowed)}")
        return builtins.__import__(name, into, names, wanted, level)

    return importing


def _listed(allowed: list[str]) -> str:
    *first, last = allowed
    return f"{', '.join(first)} and {last} are" if first else f"{last} is"
