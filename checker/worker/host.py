"""The parent's end of the line: asks a worker, and never waits or takes more than it said it would.

Time is the processor's: a submission that works longer than `seconds` is ended by its own limit.
The clock on the wall, which also runs while the machine does other things, is three times as
patient, and is there for what sleeps.
"""

import secrets
import signal
import socket
import struct
import time
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from checker.worker.answers import Answers

WALL = 3.0
STARTING = 30.0  # seconds for an interpreter and numpy, on a machine that has much to do
LARGEST_LOADED = 4 * 2**20
LARGEST_ANSWERS = 64 * 2**20


class WorkerDiedError(Exception):
    """The process ended, or answered what is no answer."""


class TimedOutError(Exception):
    """No answer within the time."""


class SpentError(TimedOutError):
    """It used up its own time of the processor, which does not depend on who else is at work."""


class Process(Protocol):
    """Whatever the worker runs in."""

    def end(self, patience: float) -> int | None:
        """Kill it, if it has not ended in so many seconds: its exit code, as Popen has it."""
        ...


class Worker:
    """One process, one submission. `close` ends it, whatever the submission wants."""

    def __init__(self, line: socket.socket, process: Process) -> None:
        self._line, self._process = line, process
        self._ready: list[Any] | None = None

    def close(self) -> None:
        self._line.close()
        self._process.end(0)

    @property
    def isolation(self) -> str:
        """How far the worker has shut itself off: said before it is told of any submission."""
        return str(self.ready()[1])

    @property
    def lacking(self) -> list[str]:
        """What keeps it from shutting itself off further."""
        return [str(words) for words in self.ready()[2]]

    def ready(self) -> list[Any]:
        if self._ready is None:
            self._ready = self._reply(bytes(16), LARGEST_LOADED, time.monotonic() + STARTING)
        return self._ready

    def load(
        self,
        filename: str,
        data: bytes,
        seconds: float,
        others: dict[str, bytes],
        bare: bool,
        imports: tuple[str, ...],
    ) -> list[Any]:
        """Import the file, `bare` of all but its definitions; `others` can be imported by it.

        Beside those it may import the packages in `imports`, or any, where there are none in it.
        """
        more = [list(others.items()), int(bare), list(imports)]
        message = ["load", seconds, filename, data, *more]
        return self._ask(message, LARGEST_LOADED, seconds)

    def run(
        self, function: str, parts: int, cases: Any, count: int, largest: int, seconds: float
    ) -> "Answers":
        """The answers to all cases, for which there are `seconds` together.

        No result need have more than `largest` bytes; what has is not sent. `cases` may be encoded
        already, as `count` of them. Raises TimedOutError and WorkerDiedError.
        """
        from checker.worker.answers import Answers

        message = ["run", seconds, function, parts, cases, largest]
        reply = self._ask(message, LARGEST_ANSWERS, seconds)
        return Answers(reply, count, parts)

    def _ask(self, message: list[Any], largest: int, seconds: float) -> list[Any]:
        from checker.worker import wire  # numpy comes with it: let it load while the worker starts

        nonce, body = secrets.token_bytes(16), wire.encode(message)
        self.ready()
        deadline = time.monotonic() + WALL * seconds
        try:
            self._line.settimeout(WALL * seconds)
            self._line.sendall(nonce + struct.pack("<Q", len(body)) + body)
        except TimeoutError as error:
            raise TimedOutError from error
        except OSError as error:
            raise self._death() from error
        return self._reply(nonce, largest, deadline)

    def _reply(self, nonce: bytes, largest: int, deadline: float) -> list[Any]:
        from checker.worker import wire

        header = self._receive(24, deadline)
        (size,) = struct.unpack("<Q", header[16:])
        if header[:16] != nonce:
            raise WorkerDiedError("it answered a question that was not asked")
        if size > largest:
            raise WorkerDiedError("its answer is too large to look at")
        try:
            reply = wire.decode(self._receive(size, deadline))
        except wire.BadMessageError as error:
            raise WorkerDiedError(str(error)) from error
        if not isinstance(reply, list) or not reply:
            raise WorkerDiedError("its answer is not an answer")
        return reply

    def _receive(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            data += self._some(size - len(data), deadline)
        return bytes(data)

    def _some(self, most: int, deadline: float) -> bytes:
        """At least one byte."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimedOutError
        self._line.settimeout(left)
        try:
            data = self._line.recv(min(most, 2**20))
        except TimeoutError as error:
            raise TimedOutError from error
        except OSError:
            data = b""
        if not data:
            raise self._death()
        return data

    def _death(self) -> Exception:
        code = self._process.end(0.3)
        if code is None or code == -signal.SIGKILL:
            return WorkerDiedError("it hung up")
        if code < 0:
            name = signal.Signals(-code).name
            return SpentError() if name == "SIGXCPU" else WorkerDiedError(f"signal {name}")
        return WorkerDiedError(f"exit code {code}")
