"""A bar on stderr for whoever waits: only on a terminal, and only after a second of nothing."""

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import Self

import click

from checker import progress

PATIENCE = 1.0
ERASE = "\r\x1b[K"
LONGEST = 30  # characters of a name; the line must not wrap


class Waiting:
    """`with Waiting(words, n) as bar:` and `bar.step(name)` after each of n pieces of work."""

    def __init__(self, words: str, pieces: int) -> None:
        self._words = words
        self._pieces = pieces
        self._done = 0
        self._name = ""
        self._drawn = False
        self._lock = Lock()
        self._timer = Timer(PATIENCE, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if self._drawn:
                click.echo(ERASE, file=sys.stderr, nl=False, color=True)
            self._pieces = 0

    def step(self, name: str) -> None:
        with self._lock:
            self._done += 1
            self._name = name
            if self._drawn:
                self._draw()

    def _appear(self) -> None:
        with self._lock:
            if self._pieces:
                self._draw()

    def _draw(self) -> None:
        self._drawn = True
        bar = click.style(progress.bar(self._done, self._pieces), fg="cyan")
        count = f"{self._done} of {self._pieces}"
        line = f"{ERASE}  {self._words}  {bar}  {count}  {self._name[:LONGEST]}"
        click.echo(line.rstrip(), file=sys.stderr, nl=False, color=True)
