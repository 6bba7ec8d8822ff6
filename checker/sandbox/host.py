"""The grader's end of the socket to a worker.

Every request has a limit on the time and on the size of the reply. The time limit is CPU time: the
worker's own resource limit ends a submission that computes for longer than `seconds`. The
wall-clock limit is three times as long, because the machine may be busy with other work; it ends
submissions that sleep or wait.
"""

import secrets
import signal
import socket
import struct
import time
from typing import TYPE_CHECKING, Any, Protocol

from checker.sandbox.failures import CpuTimeSpentError, TimedOutError, WorkerDiedError

if TYPE_CHECKING:
    from checker.sandbox.messages import Answers, Loaded, Ready, Unreadable

WALL_CLOCK_FACTOR = 3.0
START_SECONDS = 30.0  # for starting Python and importing numpy on a busy machine
LARGEST_LOADED_MESSAGE = 4 * 2**20
LARGEST_ANSWERS_MESSAGE = 64 * 2**20


class Process(Protocol):
    """The process that a worker runs in."""

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
        """Wait until the worker has started and return its first message."""
        if self._ready is None:
            from checker.sandbox import messages

            message = self._reply(
                bytes(16), LARGEST_LOADED_MESSAGE, time.monotonic() + START_SECONDS
            )
            self._ready = messages.unpack(message)
        return self._ready

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
        cases: Any,
        *,
        count: int,
        largest: int,
        seconds: float,
    ) -> "Answers":
        """Call a function on all `cases` and return its answers.

        `seconds` is the time limit for all cases together. A result of more than `largest` bytes is
        not sent; words are sent instead. `cases` may be encoded already, `count` is their number,
        `parts` the number of results of each call. Raises TimedOutError and WorkerDiedError.
        """
        from checker.sandbox.messages import Answers

        message = ["run", seconds, function, parts, cases, largest]
        reply = self._ask(message, LARGEST_ANSWERS_MESSAGE, seconds)
        return Answers(reply, count, parts)

    def _ask(self, message: list[Any], largest: int, seconds: float) -> list[Any]:
        from checker.sandbox import wire  # imports numpy, while the worker is still starting

        nonce, body = secrets.token_bytes(16), wire.encode(message)
        self.ready()
        deadline = time.monotonic() + WALL_CLOCK_FACTOR * seconds
        try:
            self._line.settimeout(WALL_CLOCK_FACTOR * seconds)
            self._line.sendall(nonce + struct.pack("<Q", len(body)) + body)
        except TimeoutError as error:
            raise TimedOutError from error
        except OSError as error:
            raise self._death() from error
        return self._reply(nonce, largest, deadline)

    def _reply(self, nonce: bytes, largest: int, deadline: float) -> list[Any]:
        from checker.sandbox import wire

        header = self._receive(24, deadline)
        (size,) = struct.unpack("<Q", header[16:])
        if header[:16] != nonce:
            raise WorkerDiedError("its reply belongs to no request")
        if size > largest:
            raise WorkerDiedError("its reply is too large")
        try:
            reply = wire.decode(self._receive(size, deadline))
        except wire.BadMessageError as error:
            raise WorkerDiedError(str(error)) from error
        if not isinstance(reply, list) or not reply:
            raise WorkerDiedError("it sent an invalid reply")
        return reply

    def _receive(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            data += self._receive_some(size - len(data), deadline)
        return bytes(data)

    def _receive_some(self, size: int, deadline: float) -> bytes:
        """Receive between 1 and `size` bytes."""
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise TimedOutError
        self._line.settimeout(remaining)
        try:
            data = self._line.recv(min(size, 2**20))
        except TimeoutError as error:
            raise TimedOutError from error
        except OSError:
            data = b""
        if not data:
            raise self._death()
        return data

    def _death(self) -> Exception:
        """The exception that describes why the process ended."""
        code = self._process.end(0.3)
        if code is None or code == -signal.SIGKILL:
            return WorkerDiedError("it was killed or closed the connection")
        if code < 0:
            name = signal.Signals(-code).name
            return CpuTimeSpentError() if name == "SIGXCPU" else WorkerDiedError(f"signal {name}")
        return WorkerDiedError(f"exit code {code}")
