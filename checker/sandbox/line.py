"""The grader's end of the socket to a worker: sends and receives bytes until a deadline."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from checker.sandbox.deadline import Deadline
from checker.sandbox.failures import SleptError, TimedOutError
from checker.sandbox.turns import Turns


class Line:
    """A socket. `turns` are those of all submissions that are graded at the same time, if any."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.turns: Turns | None = None

    def close(self) -> None:
        self._end.close()

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all bytes. Raises TimedOutError, and OSError if the worker has ended."""
        self._end.settimeout(deadline.sending())
        try:
            self._end.sendall(data)
        except TimeoutError as error:
            raise TimedOutError from error

    def receive(self, size: int, deadline: Deadline) -> bytes:
        """Receive so many bytes. Raises TimedOutError, and OSError if the worker has ended."""
        data = bytearray()
        while len(data) < size:
            data += self._some(size - len(data), deadline)
        return bytes(data)

    def _some(self, size: int, deadline: Deadline) -> bytes:
        """Receive between 1 and `size` bytes."""
        with ExitStack() as asleep:
            while True:
                try:
                    self._end.settimeout(deadline.wait())
                    data = self._end.recv(min(size, 2**20))
                except TimeoutError:  # look at the limits again
                    if deadline.asleep:
                        asleep.enter_context(self._turn_passed_on())
                    continue
                except SleptError as slept:
                    data = self._unread(size, slept)  # it sleeps too while its answer is not read
                if not data:
                    raise ConnectionResetError
                deadline.answered()  # before waiting for the turn
                return data

    @contextmanager
    def _turn_passed_on(self) -> Iterator[None]:
        """Let another submission be graded."""
        turns, self.turns = self.turns, None
        if turns is None:  # nobody waits for it, or it is passed on already
            yield
            return
        try:
            with turns.passed_on():
                yield
        finally:
            self.turns = turns

    def _unread(self, size: int, slept: SleptError) -> bytes:
        """Bytes that have arrived already. Raises SleptError if there are none."""
        self._end.settimeout(0)
        try:
            return self._end.recv(min(size, 2**20))
        except BlockingIOError:
            raise slept from None
