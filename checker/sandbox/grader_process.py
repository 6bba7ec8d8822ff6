"""A second process that grades one file: numpy is imported once, for the grader and the workers.

This process, which shows what is found, needs no numpy then. `grader_main` is the other end.
"""

import contextlib
import os
import pickle
import sys
from collections.abc import Callable
from typing import Any

from checker.sandbox import child, early_start, shortage
from checker.sandbox.failures import NotStartedError


class GraderProcess:
    """Has started before its order is known, and imports numpy meanwhile. `close` ends it."""

    def __init__(self) -> None:
        self._id, order, reply = early_start.begun()
        # No `with` here: `close` closes both of them.
        self._order, self._reply = open(order, "wb"), open(reply, "rb")  # noqa: SIM115

    def close(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._order.close()
        self._reply.close()
        child.end(self._id, 0)

    def begin(self, function: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
        """Let a function of a module run there. What is returned waits for its result.

        The function is given a function that starts workers before its other arguments.
        """
        packed = pickle.dumps((function, arguments))  # whose modules are imported at the other end
        with contextlib.suppress(BrokenPipeError):
            pickle.dump((dict(os.environ), os.getcwd(), sys.path, packed), self._order)
            self._order.close()
        return self._result

    def _result(self) -> Any:
        """What the function returned. Raises what it raised."""
        reply = self._reply.read()
        if not reply:
            why = f"exit code {child.end(self._id, 1)}"
            raise NotStartedError(
                f"the process that grades has ended ({why}): {shortage.SOMETHING}"
            )
        failed, value = pickle.loads(reply)
        if failed:
            raise value
        return value
