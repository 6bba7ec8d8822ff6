"""Turns: as many submissions as there are turns are graded at the same time."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A number of turns. One whose holder only waits for a worker that sleeps is passed on.

    Who waited first is first, but for those that had a turn before: what takes long shall not be
    left over at the end, when nothing else can be graded beside it.
    """

    def __init__(self, count: int) -> None:
        self._count = self._free = count
        self._waiting: deque[threading.Lock] = deque()
        self._changing = threading.Lock()
        self._alone = threading.Lock()
        self._over = False

    def end(self) -> None:
        """Give no further turns: who waits for one gets CancelledError instead."""
        self._over = True

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold one turn."""
        self._take()
        try:
            self._go_on()
            yield
        finally:
            self._give()

    @contextmanager
    def all(self) -> Iterator[None]:
        """Hold all turns, without holding one already."""
        with self._alone:  # two that gather turns would wait for each other
            for _ in range(self._count):
                self._take()
            try:
                self._go_on()
                yield
            finally:
                for _ in range(self._count):
                    self._give()

    def _go_on(self) -> None:
        if self._over:
            from concurrent.futures import CancelledError  # and with it logging

            raise CancelledError

    @contextmanager
    def passed_on(self) -> Iterator[None]:
        """Let another one have the turn that is held, and take the next one afterwards."""
        self._give()
        try:
            yield
        finally:
            self._take(first=True)

    def _take(self, *, first: bool = False) -> None:
        """Wait for a turn, before all others or behind them."""
        mine = threading.Lock()
        with self._changing:
            if self._free:
                self._free -= 1
                return
            mine.acquire()
            (self._waiting.appendleft if first else self._waiting.append)(mine)
        mine.acquire()  # until a turn is handed over

    def _give(self) -> None:
        """Hand a turn over to who is the first to wait for one."""
        with self._changing:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
