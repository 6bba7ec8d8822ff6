"""Turns: as many submissions as there are turns are graded at the same time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A number of turns. One whose holder only waits for a worker that sleeps is passed on."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._free = threading.Semaphore(count)
        self._alone = threading.Lock()
        self._over = False

    def end(self) -> None:
        """Give no further turns: who waits for one gets CancelledError instead."""
        self._over = True

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold one turn."""
        with self._free:
            self._go_on()
            yield

    @contextmanager
    def all(self) -> Iterator[None]:
        """Hold all turns, without holding one already."""
        with self._alone:  # two that gather turns would wait for each other
            for _ in range(self._count):
                self._free.acquire()
            try:
                self._go_on()
                yield
            finally:
                self._free.release(self._count)

    def _go_on(self) -> None:
        if self._over:
            from concurrent.futures import CancelledError  # and with it logging

            raise CancelledError

    @contextmanager
    def passed_on(self) -> Iterator[None]:
        """Let another one have the turn that is held, and wait for it afterwards."""
        self._free.release()
        try:
            yield
        finally:
            self._free.acquire()
