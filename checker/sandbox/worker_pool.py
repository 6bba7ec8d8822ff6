"""Many workers at little cost: forked by a fork server where forking is safe, else spawned."""

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import TYPE_CHECKING, Self

from checker.sandbox.failures import NotStartedError
from checker.sandbox.fork_commands import COMMAND, END, FORK, KEEP, REPLY, UNKNOWN_EXIT_CODE
from checker.sandbox.host import Process, Worker
from checker.sandbox.spawn import Interpreter, spawn
from checker.sandbox.turns import Turns

if TYPE_CHECKING:
    from checker.sandbox.calls import Calls

COMMAND_SECONDS = 30.0  # for one command, including the start of the fork server


class Workers:
    """Starts workers, from any thread. Leaving the context ends all of them."""

    def __init__(self, left_out: tuple[str, ...] = (), server: "ForkServer | None" = None) -> None:
        self._left_out = left_out
        # Forking with numpy loaded is safe on Linux, but not with the linear algebra of macOS.
        self._server = server or (_started(left_out) if sys.platform == "linux" else None)
        self._calls: list[Calls] = []
        self._replacing = threading.Lock()
        self.turns: Turns | None = None  # see Worker
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers. From now on `start` raises NotStartedError."""
        with self._replacing:
            self._closed = True
            if self._server is not None:
                self._server.close()

    def keep(self, calls: "list[Calls]") -> None:
        """Let the workers that are started from now on know these calls, so that none is sent.

        A submission can read them before any of its functions is called.
        """
        self._calls = calls
        if self._server is not None:
            with contextlib.suppress(OSError):  # then they are sent, or the server is replaced
                self._server.keep(calls)

    def start(self, *, alone: bool = False) -> Worker:
        """Start a worker. A fork server that does not respond is replaced once."""
        worker = self._started()
        if self.turns is not None and not alone:
            worker.beside_others(self.turns)
        return worker

    def _started(self) -> Worker:
        if self._closed:
            raise NotStartedError("no worker is started any more")
        server = self._server
        if server is None:
            return spawn(self._left_out)
        try:
            return server.fork()
        except OSError:
            # If the isolation is less than full, a submission may have killed the fork server.
            return self._replace(server).fork()

    def _replace(self, broken: "ForkServer") -> "ForkServer":
        with self._replacing:
            if self._closed:
                raise NotStartedError("no worker is started any more")
            if self._server is None or self._server is broken:
                broken.close()
                self._server = _started(self._left_out)
                self._server.keep(self._calls)
            return self._server


class ForkServer:
    """The grader's end of the socket to the fork server."""

    def __init__(self, control: socket.socket, process: Process) -> None:
        self._control, self._process = control, process
        self._control.settimeout(COMMAND_SECONDS)
        self._busy = threading.Lock()
        self._numbers = count()  # of the commands
        self._kept: dict[Calls, int] = {}

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # wakes the threads that wait for a reply
        self._control.close()
        self._process.end(1)

    def fork(self) -> Worker:
        line, theirs = socket.socketpair()
        try:
            with theirs:
                process = _ForkedProcess(self.send(FORK, lines=[theirs.fileno()]), self)
                return Worker(line, process, self._kept)
        except OSError:
            line.close()
            raise

    def keep(self, calls: "list[Calls]") -> None:
        """Send calls that the workers forked from now on will know by their numbers."""
        from checker.sandbox import wire  # imports numpy

        with os.fdopen(os.memfd_create("calls"), "w+b") as file:
            file.write(wire.encode([each.encoded for each in calls]))
            file.seek(0)
            self.send(KEEP, lines=[file.fileno()])
        self._kept = {each: number for number, each in enumerate(calls)}

    def send(
        self, command: bytes, process: int = 0, timeout: float = 0, lines: Sequence[int] = ()
    ) -> int:
        """Send a fork command and return the reply. Raises OSError if the fork server has ended."""
        with self._busy:
            number, answered, reply = next(self._numbers), -1, 0
            message = COMMAND.pack(command, number, process, timeout)
            socket.send_fds(self._control, [message], lines)
            while answered != number:  # the replies to earlier commands may have come too late
                received = self._control.recv(REPLY.size)
                if not received:
                    raise ConnectionResetError("the fork server has ended")
                answered, reply = REPLY.unpack(received)
        return reply


def _started(left_out: tuple[str, ...]) -> ForkServer:
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        return ForkServer(control, Interpreter("fork_server", theirs, left_out))


@dataclass
class _ForkedProcess:
    """The process of a forked worker. Only the fork server, its parent, can wait for it."""

    pid: int
    server: ForkServer
    code: int | None = None

    def end(self, timeout: float) -> int | None:
        if self.code is None:
            try:
                self.code = self.server.send(END, self.pid, timeout)
            except OSError:
                self.code = UNKNOWN_EXIT_CODE
        return None if self.code == UNKNOWN_EXIT_CODE else self.code
