"""A progress bar on stderr, shown only on a terminal and only after a second of waiting."""

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import Self

import click

from checker.student import progress

PATIENCE = 1.0  # seconds
LINE_LENGTH = 79  # characters: a line must not wrap, and has to cover the one before


class Waiting:
    """A bar for `pieces` pieces of work, with `words` before it.

    Use it as `with Waiting(words, pieces) as bar:` and call `bar.step(name)` after each piece.
    """

    def __init__(self, words: str, pieces: int) -> None:
        self._words = words
        self._pieces = pieces
        self._done = 0
        self._name = ""
        self._visible = False
        self._lock = Lock()
        self._timer = Timer(PATIENCE, self._show)
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
            if self._visible:
                self._write("")
                click.echo("\r", file=sys.stderr, nl=False)
            self._pieces = 0

    def step(self, name: str) -> None:
        with self._lock:
            self._done += 1
            self._name = name
            if self._visible:
                self._draw()

    def _show(self) -> None:
        with self._lock:
            if self._pieces:
                self._draw()

    def _draw(self) -> None:
        self._visible = True
        bar = progress.bar(self._done, self._pieces)
        self._write(f"  {self._words}  {bar}  {self._done} of {self._pieces}  {self._name}")

    def _write(self, line: str) -> None:
        click.echo(f"\r{line[:LINE_LENGTH]:<{LINE_LENGTH}}", file=sys.stderr, nl=False)
