"""Starts the process that grades one file before the command line is read, for `check NAME`.

It imports numpy while the main process imports everything else.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.sandbox.grader_process import GraderProcess

SHIPPED = Path(__file__).parents[2] / "assignments"
NOT_ONCE = {"--help", "--watch"}

_begun: "list[GraderProcess]" = []


def begin(words: list[str]) -> None:
    """Start the process if the first word is the name of a shipped assignment.

    Where it is not used in the end, it ends with the main process.
    """
    if sys.platform != "linux" or not words or NOT_ONCE & set(words):
        return
    with contextlib.suppress(OSError):  # whoever needs the process tries again, and says why
        if any(folder.endswith(f"_{words[0]}") for folder in os.listdir(SHIPPED)):
            from checker.sandbox.grader_process import GraderProcess

            _begun.append(GraderProcess())


def begun() -> "GraderProcess":
    """The process that was started, or a new one."""
    from checker.sandbox.grader_process import GraderProcess

    return _begun.pop() if _begun else GraderProcess()
