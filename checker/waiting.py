"""A bar on stderr for whoever waits: only on a terminal, and only after a second of nothing."""

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import Self

import click

from checker import progress

PATIENCE = 1.0
LINE = 79  # characters; a line must not wrap, and hides the one before


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
                self._write("")
                click.echo("\r", file=sys.stderr, nl=False)
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
        bar = progress.bar(self._done, self._pieces)
        self._write(f"  {self._words}  {bar}  {self._done} of {self._pieces}  {self._name}")

    def _write(self, line: str) -> None:
        click.echo(f"\r{line[:LINE]:<{LINE}}", file=sys.stderr, nl=False)
