"""The grader's end of the socket to a worker.

Every request has a limit on the time, and on the bytes and values of the reply. The time limit
(`deadline`) is read here, from outside, because a submission can lift its own soft limit.
"""

import os
import signal
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from checker.sandbox import shortage
from checker.sandbox.budget import Budget
from checker.sandbox.deadline import Deadline
from checker.sandbox.failures import (
    CpuTimeSpentError,
    LostError,
    NotStartedError,
    SleptError,
    TimedOutError,
    WorkerDiedError,
)
from checker.sandbox.line import Line

if TYPE_CHECKING:
    from checker.sandbox.calls import Asked, Calls
    from checker.sandbox.messages import Answers, Loaded, Observed, Ready, Unreadable
    from checker.sandbox.turns import Turns

MEMORY_KILLS_BEFORE = shortage.memory_kills()
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

    def __init__(
        self, line: socket.socket, process: Process, kept: "Mapping[Calls, int] | None" = None
    ) -> None:
        self._line, self._process = Line(line), process
        self._kept = kept or {}  # calls that the worker knows, by their numbers
        self._ready: Ready | None = None
        self.budget: Budget | None = None  # of the whole submission, if it has one
        self._beside_others = False

    def close(self) -> None:
        self._line.close()
        self._process.end(0)

    def beside_others(self, turns: "Turns") -> None:
        """Say that other submissions are graded at the same time, which share memory and turns."""
        self._beside_others, self._line.turns = True, turns

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

            first = Deadline(self._process.pid, START_SECONDS, START_SECONDS)
            try:
                message = self._reply(bytes(16), LARGEST_LOADED_MESSAGE, first)
                ready = messages.unpack(message)
            except (TimedOutError, WorkerDiedError) as error:
                self.close()
                why = str(error) or f"no message within {START_SECONDS:g} seconds"
                raise NotStartedError(
                    f"a worker could not be started ({why}): {shortage.SOMETHING}"
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
        asked: "Sequence[tuple[str, list[str], str, list[str]]]" = (),
    ) -> "Loaded | Unreadable":
        """Run the file in the worker. With `bare`, only its definitions are run.

        `asked` are tasks that ask by several lines: a name, the arguments, the lines, and methods
        of classes that are needed.

        The file may import `others`, the files submitted with it, and the packages in `imports`; if
        `imports` is empty, any package of the sandbox. Raises TimedOutError and WorkerDiedError.
        """
        from checker.sandbox import messages

        options = [list(others.items()), int(bare), list(imports), list(map(list, asked))]
        message = ["load", seconds, filename, data, *options]
        reply = messages.unpack(self._ask(message, LARGEST_LOADED_MESSAGE, seconds))
        if not isinstance(reply, messages.Loaded | messages.Unreadable):
            raise WorkerDiedError(messages.INVALID)
        return reply

    def run(self, questions: "Sequence[Asked]", *, seconds: float) -> "Iterator[Answers]":
        """Make the calls of each question, and yield the answers to each.

        The worker goes on to the next question without waiting. `seconds` is the time limit for all
        calls of one question. A result that is too large is not sent; words are sent instead.
        Raises TimedOutError and WorkerDiedError.
        """
        from checker.sandbox.messages import Answers

        sent = [(q, self._kept.get(q.calls)) for q in questions]
        asked = [
            [q.function, q.parts, q.largest, q.calls.encoded if number is None else number]
            for q, number in sent
        ]
        message = ["run", seconds, asked]
        replies = self._replies(message, LARGEST_ANSWERS_MESSAGE, seconds, len(questions))
        for question, reply in zip(questions, replies, strict=True):
            yield Answers(reply, question.calls, question.parts)

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
        (reply,) = self._replies(message, largest, seconds, 1)
        return reply

    def _replies(
        self, message: list[Any], largest: int, seconds: float, count: int
    ) -> Iterator[list[Any]]:
        """Send a message and yield the replies to it. Each of them may take `seconds`."""
        from checker.sandbox import wire  # imports numpy, while the worker is still starting

        nonce, body = os.urandom(16), wire.encode(message)
        self.ready()
        for number in range(count):
            with self._charged(seconds) as deadline:
                if number == 0:
                    self._send(nonce + struct.pack("<Q", len(body)) + body, deadline)
                reply = self._reply(nonce, largest, deadline)
            yield reply

    @contextmanager
    def _charged(self, seconds: float) -> Iterator[Deadline]:
        """The limits of a request of up to `seconds`, which is charged to the budget."""
        budget = self.budget
        allowed = min(seconds, budget.left()) if budget is not None else seconds
        sleeping = min(seconds, budget.patience()) if budget is not None else seconds
        deadline = Deadline(self._process.pid, allowed, sleeping)
        try:
            yield deadline
        except SleptError:
            raise
        except TimedOutError as error:
            if budget is not None and allowed < seconds:
                raise budget.spent() from error
            raise
        finally:
            if budget is not None:
                budget.charge(*deadline.taken())

    def _send(self, data: bytes, deadline: Deadline) -> None:
        try:
            self._line.send(data, deadline)
        except OSError as error:
            raise self._death() from error

    def _receive(self, size: int, deadline: Deadline) -> bytes:
        try:
            return self._line.receive(size, deadline)
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

    def _death(self) -> Exception:
        """The exception that describes why the process ended."""
        code = self._process.end(0.3)
        if code is None:  # the fork server has ended, and all its workers with it
            return LostError(KILLED) if self._beside_others else WorkerDiedError(KILLED)
        if code >= 0:
            return WorkerDiedError(f"exit code {code}")
        names = {number.value: number.name for number in signal.Signals}
        match names.get(-code, str(-code)):  # real-time signals have no names
            case "SIGKILL":
                short = self._beside_others and shortage.memory_kills() > MEMORY_KILLS_BEFORE
                return LostError(KILLED) if short else WorkerDiedError(KILLED)
            case "SIGXCPU":
                return CpuTimeSpentError()
            case name:
                return WorkerDiedError(f"signal {name}")
