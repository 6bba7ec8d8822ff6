"""Many workers at little cost: forked by a warm parent where forking is safe, else spawned."""

import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from checker.worker.host import Worker
from checker.worker.orders import ANSWER, END, ENDED_UNSEEN, FORK, ORDER
from checker.worker.spawn import Interpreter, spawn

PATIENCE = 30.0  # seconds for an order; the parent runs no submission, but it has to start


class Workers:
    """Starts workers, from any thread. Closing it ends every one of them."""

    def __init__(self, left_out: tuple[str, ...] = ()) -> None:
        self._left_out = left_out
        # Forking with numpy loaded is safe on Linux; macOS's own linear algebra forbids it.
        self._parent = _Parent(left_out) if sys.platform == "linux" else None
        self._replacing = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._parent is not None:
            self._parent.close()

    def start(self) -> Worker:
        parent = self._parent
        if parent is None:
            return spawn(self._left_out)
        try:
            return parent.fork()
        except OSError:
            # Where isolation is less than full, a submission may have killed the parent.
            return self._replaced(parent).fork()

    def _replaced(self, broken: "_Parent") -> "_Parent":
        with self._replacing:
            if self._parent is None or self._parent is broken:
                broken.close()
                self._parent = _Parent(self._left_out)
            return self._parent


class _Parent:
    """The grader's end of the line to the warm parent."""

    def __init__(self, left_out: tuple[str, ...]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = Interpreter("parent", theirs, left_out)
        self._control.settimeout(PATIENCE)
        self._busy = threading.Lock()

    def close(self) -> None:
        self._control.close()
        self._process.end(1)

    def fork(self) -> Worker:
        line, theirs = socket.socketpair()
        try:
            with theirs:
                return Worker(line, _Forked(self.order(FORK, lines=[theirs.fileno()]), self))
        except OSError:
            line.close()
            raise

    def order(
        self, order: bytes, process: int = 0, patience: float = 0, lines: Sequence[int] = ()
    ) -> int:
        """Raises OSError where the parent is no longer there."""
        with self._busy:
            socket.send_fds(self._control, [ORDER.pack(order, process, patience)], lines)
            answer = self._control.recv(ANSWER.size)
        if not answer:
            raise ConnectionResetError("the warm parent has ended")
        return int(ANSWER.unpack(answer)[0])


@dataclass
class _Forked:
    """A worker's process: the warm parent's child, which only it can wait for."""

    process: int
    parent: _Parent
    code: int | None = None

    def end(self, patience: float) -> int | None:
        if self.code is None:
            try:
                self.code = self.parent.order(END, self.process, patience)
            except OSError:
                self.code = ENDED_UNSEEN
        return None if self.code == ENDED_UNSEEN else self.code
