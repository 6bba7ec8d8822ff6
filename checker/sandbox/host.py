"""The grader's end of the socket to a worker.

Every request has a limit on the time, and on the bytes and values of the reply. The time limit is
CPU time, which is read here, from outside, because a submission can lift its own soft limit. The
wall-clock limit is three times as long, because the machine may be busy with other work; it ends
submissions that sleep or wait.
"""

import secrets
import signal
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from checker.sandbox import limits
from checker.sandbox.budget import WALL_CLOCK_FACTOR, Budget
from checker.sandbox.deadline import CPU_SLACK, SHORTEST_WAIT, Deadline
from checker.sandbox.failures import (
    CpuTimeSpentError,
    NotStartedError,
    TimedOutError,
    WorkerDiedError,
)

if TYPE_CHECKING:
    from checker.sandbox.calls import Calls
    from checker.sandbox.messages import Answers, Loaded, Observed, Ready, Unreadable

KILLED = "it was killed or closed the connection"
START_SECONDS = 30.0  # for starting Python and importing numpy on a busy machine
LARGEST_LOADED_MESSAGE = 4 * 2**20
LARGEST_ANSWERS_MESSAGE = 64 * 2**20
MOST_REPLY_VALUES = 2**16  # an array is one value, whatever its size


class Process(Protocol):
    """The process that a worker runs in."""

    @property
    def pid(self) -> int: ...

    def end(self, timeout: float) -> int | None:
        """Wait `timeout` seconds, then kill the process. Return its exit code, as Popen does.

        None means that the exit code is unknown.
        """
        ...


class Worker:
    """One process for one submission. `close` always ends the process."""

    def __init__(self, line: socket.socket, process: Process) -> None:
        self._line, self._process = line, process
        self._ready: Ready | None = None
        self.budget: Budget | None = None  # of the whole submission, if it has one

    def close(self) -> None:
        self._line.close()
        self._process.end(0)

    @property
    def isolation(self) -> str:
        """The isolation level, which the worker reports before it receives a submission."""
        return self.ready().isolation

    @property
    def lacking(self) -> list[str]:
        """The sandbox layers that are missing, each with the reason."""
        return [str(words) for words in self.ready().lacking]

    def ready(self) -> "Ready":
        """Wait until the worker has started and return its first message.

        Raises NotStartedError if there is none, and ends the process.
        """
        if self._ready is None:
            from checker.sandbox import messages

            first = Deadline(self._process.pid, time.monotonic() + START_SECONDS)
            try:
                message = self._reply(bytes(16), LARGEST_LOADED_MESSAGE, first)
                ready = messages.unpack(message)
            except (TimedOutError, WorkerDiedError) as error:
                self.close()
                why = str(error) or f"no message within {START_SECONDS:g} seconds"
                raise NotStartedError(
                    f"a worker could not be started ({why}): `ulimit -a` shows whether memory, "
                    "files or processes are limited too much"
                ) from error
            self._ready = ready
        return self._ready

    def read(self, question: str, details: list[Any], *, seconds: float) -> list[Any]:
        """Ask a question of `reader`: for submitted files, before any of them is loaded.

        Raises TimedOutError and WorkerDiedError.
        """
        return self._ask([question, seconds, *details], LARGEST_ANSWERS_MESSAGE, seconds)

    def load(
        self,
        filename: str,
        data: bytes,
        others: dict[str, bytes],
        *,
        seconds: float,
        bare: bool,
        imports: tuple[str, ...],
    ) -> "Loaded | Unreadable":
        """Run the file in the worker. With `bare`, only its definitions are run.

        The file may import `others`, the files submitted with it, and the packages in `imports`; if
        `imports` is empty, any package of the sandbox. Raises TimedOutError and WorkerDiedError.
        """
        from checker.sandbox import messages

        options = [list(others.items()), int(bare), list(imports)]
        message = ["load", seconds, filename, data, *options]
        reply = messages.unpack(self._ask(message, LARGEST_LOADED_MESSAGE, seconds))
        if not isinstance(reply, messages.Loaded | messages.Unreadable):
            raise WorkerDiedError(messages.INVALID)
        return reply

    def run(
        self,
        function: str,
        parts: int,
        calls: "Calls",
        *,
        largest: int,
        seconds: float,
    ) -> "Answers":
        """Call a function with the arguments of all `calls` and return its answers.

        `seconds` is the time limit for all calls together. A result of more than `largest` bytes is
        not sent; words are sent instead. `parts` is the number of results of each call. Raises
        TimedOutError and WorkerDiedError.
        """
        from checker.sandbox.messages import Answers

        message = ["run", seconds, function, parts, calls.encoded, largest]
        reply = self._ask(message, LARGEST_ANSWERS_MESSAGE, seconds)
        return Answers(reply, calls, parts)

    def observe(self, function: str, calls: "Calls", *, seconds: float) -> "Observed":
        """Make one call of a function, and return what it prints and warns of, and where it raises.

        Raises TimedOutError and WorkerDiedError.
        """
        from checker.sandbox import messages

        message = ["observe", seconds, function, calls.encoded]
        reply = messages.unpack(self._ask(message, LARGEST_LOADED_MESSAGE, seconds))
        if not isinstance(reply, messages.Observed):
            raise WorkerDiedError(messages.INVALID)
        return reply

    def _ask(self, message: list[Any], largest: int, seconds: float) -> list[Any]:
        from checker.sandbox import wire  # imports numpy, while the worker is still starting

        nonce, body = secrets.token_bytes(16), wire.encode(message)
        self.ready()
        with self._charged(seconds) as deadline:
            self._send(nonce + struct.pack("<Q", len(body)) + body, deadline)
            return self._reply(nonce, largest, deadline)

    @contextmanager
    def _charged(self, seconds: float) -> Iterator[Deadline]:
        """The limits of a request of up to `seconds`, which is charged to the budget."""
        budget, pid = self.budget, self._process.pid
        allowed = min(seconds, budget.left()) if budget is not None else seconds
        start, used = time.monotonic(), limits.processor_time(pid)
        cpu_limit = None if used is None else used + allowed + CPU_SLACK
        try:
            yield Deadline(pid, start + WALL_CLOCK_FACTOR * allowed, cpu_limit)
        except TimedOutError as error:
            if budget is not None and allowed < seconds:
                raise budget.spent() from error
            raise
        finally:
            if budget is not None:
                now = limits.processor_time(pid)
                cpu = 0.0 if used is None or now is None else now - used
                budget.charge(cpu, time.monotonic() - start)

    def _send(self, data: bytes, deadline: Deadline) -> None:
        try:
            self._line.settimeout(max(deadline.at - time.monotonic(), SHORTEST_WAIT))
            self._line.sendall(data)
        except TimeoutError as error:
            raise TimedOutError from error
        except OSError as error:
            raise self._death() from error

    def _reply(self, nonce: bytes, largest: int, deadline: Deadline) -> list[Any]:
        from checker.sandbox import wire

        header = self._receive(24, deadline)
        (size,) = struct.unpack("<Q", header[16:])
        if header[:16] != nonce:
            raise WorkerDiedError("its reply belongs to no request")
        if size > largest:
            raise WorkerDiedError("its reply is too large")
        try:
            reply = wire.decode(self._receive(size, deadline), MOST_REPLY_VALUES)
        except wire.BadMessageError as error:
            raise WorkerDiedError(f"it sent an invalid reply: {error}") from error
        # A message begins with its kind. An array in this place could not even be compared.
        if not isinstance(reply, list) or not reply or not isinstance(reply[0], str):
            raise WorkerDiedError("it sent an invalid reply")
        return reply

    def _receive(self, size: int, deadline: Deadline) -> bytes:
        data = bytearray()
        while len(data) < size:
            data += self._receive_some(size - len(data), deadline)
        return bytes(data)

    def _receive_some(self, size: int, deadline: Deadline) -> bytes:
        """Receive between 1 and `size` bytes."""
        while True:
            self._line.settimeout(deadline.wait())
            try:
                data = self._line.recv(min(size, 2**20))
            except TimeoutError:
                continue  # look at the limits again
            except OSError:
                data = b""
            if not data:
                raise self._death()
            return data

    def _death(self) -> Exception:
        """The exception that describes why the process ended."""
        code = self._process.end(0.3)
        if code is None:
            return WorkerDiedError(KILLED)
        if code >= 0:
            return WorkerDiedError(f"exit code {code}")
        names = {number.value: number.name for number in signal.Signals}
        match names.get(-code, str(-code)):  # real-time signals have no names
            case "SIGKILL":
                return WorkerDiedError(KILLED)
            case "SIGXCPU":
                return CpuTimeSpentError()
            case name:
                return WorkerDiedError(f"signal {name}")
