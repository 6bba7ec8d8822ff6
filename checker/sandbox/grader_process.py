"""A second process that grades one file: numpy is imported once, for the grader and the workers.

This process, which shows what is found, needs no numpy then. `grader_main` is the other end.
"""

import os
import pickle
import socket
import sys
from collections.abc import Callable
from typing import Any

from checker.sandbox.failures import NotStartedError
from checker.sandbox.spawn import Interpreter

STREAMS = (1, 2)  # a progress bar is drawn on them
ORDERED = b"o"


class GraderProcess:
    """Starts at once, and imports numpy while it waits for its order. `close` ends it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = Interpreter("grader_main", theirs, ())

    def close(self) -> None:
        self._line.close()
        self._process.end(0)

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a function of a module returns there, or raises.

        It is given a function that starts workers before its other arguments.
        """
        packed = pickle.dumps((function, arguments))  # whose modules are imported at the other end
        order = dict(os.environ), os.getcwd(), sys.path, packed
        reply = b""
        try:
            self._order()
            self._line.sendall(pickle.dumps(order))
            self._line.shutdown(socket.SHUT_WR)
            reply = everything(self._line)
        except ConnectionError:
            pass
        if not reply:
            why = f"exit code {self._process.end(1)}"
            raise NotStartedError(
                f"the process that grades has ended ({why}): `ulimit -a` shows whether memory, "
                "files or processes are limited too much"
            )
        failed, value = pickle.loads(reply)
        if failed:
            raise value
        return value

    def _order(self) -> None:
        try:
            socket.send_fds(self._line, [ORDERED], STREAMS)
        except OSError:  # one of them is closed
            self._line.sendall(ORDERED)


def everything(line: socket.socket) -> bytes:
    """All that is sent until the other end says that there is no more."""
    with line.makefile("rb") as file:
        return file.read()
