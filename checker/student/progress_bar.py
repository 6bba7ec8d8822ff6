"""A progress bar on stderr, shown only on a terminal and only after a second of waiting."""

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self

from checker.reports import bar

if TYPE_CHECKING:
    from checker.cases.case_set import CaseSet
    from checker.course.assignment import Assignment

PATIENCE = 1.0  # seconds


class Waiting:
    """A bar for pieces of work that have names, with `words` before it.

    It shows the name of the piece that is running. Use it as `with Waiting(words, names) as bar:`
    and call `bar.step()` after each piece.
    """

    def __init__(self, words: str, names: Sequence[str]) -> None:
        self._words = words
        self._names = names
        self._done = 0
        self._over = False
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
                print(end="\r", file=sys.stderr, flush=True)
            self._over = True

    def step(self, name: str = "") -> None:
        """Note that the piece that was running is done. Its `name` is known already."""
        with self._lock:
            self._done += 1
            if self._visible:
                self._draw()

    def _show(self) -> None:
        with self._lock:
            if not self._over:
                self._draw()

    def _draw(self) -> None:
        self._visible = True
        count = len(self._names)
        running = self._names[self._done] if self._done < count else ""
        self._write(
            f"  {self._words}  {bar.drawn(self._done, count)}  {self._done} of {count}  {running}"
        )

    def _write(self, line: str) -> None:
        import shutil  # takes time, and few checks show a bar

        # A line must not wrap, and has to cover the one before.
        width = shutil.get_terminal_size().columns - 1
        print(end=f"\r{line[:width]:<{width}}", file=sys.stderr, flush=True)


def case_sets(assignment: "Assignment", known: Path | None = None) -> "dict[str, CaseSet]":
    """The cases of an assignment. A bar says so if they have to be made first."""
    from checker.cases import case_cache

    names = [task.function for task in assignment.tasks]
    with Waiting("Making the cases, once", names) as waiting:
        return case_cache.load(assignment, waiting.step, known)
