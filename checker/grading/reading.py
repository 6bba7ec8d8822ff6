"""Reads submitted files in a worker, before it runs any of them. They are not searched here.

The worker has limits on time and memory. If a file exceeds them, that file is to blame and nothing
else is lost. What the worker sends is checked, although no code of a submission has run in it yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

import numpy as np

from checker.grading.source_lines import NO_LINES, Text
from checker.grading.submission import Opened
from checker.sandbox.budget import Budget
from checker.sandbox.failures import TimedOutError, WorkerDiedError
from checker.sandbox.folder import IntakeError
from checker.sandbox.host import Worker
from checker.sandbox.spawn import spawn

READING = 5.0  # seconds for all files of a submission


class Reader:
    """A worker that reads the files of one submission. Use it as a context manager.

    `start` then hands this worker over to whoever runs the submission, so that reading needs no
    process of its own.
    """

    def __init__(self, start: Callable[[], Worker] = spawn) -> None:
        self._start = start
        self._worker: Worker | None = None
        self._budget = Budget(READING)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop()

    def start(self) -> Worker:
        """The worker that has read, which may now run the submission, or else a new one."""
        worker, self._worker = self._worker, None
        if worker is None:
            return self._start()
        worker.budget = None
        return worker

    def look(self, file: Opened, left: int) -> list[Opened]:
        """The file with its names, or the files in an archive, of which `left` bytes are unpacked.

        Raises IntakeError if it is damaged, or takes too much time or memory.
        """
        match self._ask("look", file.name, [file.name, file.data, left]):
            case ["names", str(defined), str(imported)]:
                return [replace(file, defined=_names(defined), imported=_names(imported))]
            case ["files", list(inside)]:
                return list(map(_opened, inside))
            case ["damaged", str(why)]:
                raise IntakeError(why)
        raise IntakeError(f"{file.name} cannot be read: reading it takes too much memory.")

    def text(self, filename: str, data: bytes, functions: list[str]) -> Text:
        """The code of the file to grade. It has no lines if the file cannot be read."""
        try:
            match self._ask("text", filename, [filename, data, functions]):
                case ["text", str(code), np.ndarray() as starts, str(defined), around, notes]:
                    headers = {str(name): str(header) for name, header in around}
                    starts_of_cells = tuple(map(int, starts.tolist()))
                    return Text(
                        code, starts_of_cells, _names(defined), headers, list(map(str, notes))
                    )
        except (ValueError, TypeError):  # loading the file will say what is wrong with it
            pass
        return NO_LINES

    def outlines(
        self, filename: str, data: bytes, asked: Sequence[tuple[str, list[str], str]] = ()
    ) -> list[Any]:
        """The outlines of the functions of a file. Empty if making them takes too much.

        `asked` are tasks that ask by several lines: their names, their arguments, and the lines.
        """
        try:
            match self._ask("outlines", filename, [filename, data, list(map(list, asked))]):
                case ["outlines", list(found)]:
                    return found
        except IntakeError:
            pass
        return []

    def _ask(self, question: str, name: str, details: list[Any]) -> list[Any]:
        """Ask the worker. Raises IntakeError if the file of this name ends it or keeps it busy."""
        if self._worker is None:
            self._worker = self._start()
            self._worker.ready()
            self._worker.budget = self._budget
        try:
            return self._worker.read(question, details, seconds=READING)
        except TimedOutError as error:
            why = f"{name} could not be read within {READING:g} seconds."
            raise self._failed(why) from error
        except WorkerDiedError as error:
            raise self._failed(
                f"{name} cannot be read: that ends the process ({error})."
            ) from error

    def _failed(self, why: str) -> IntakeError:
        self._drop()
        return IntakeError(why)

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _opened(fields: Any) -> Opened:
    """A file in an archive, as the worker describes it."""
    match fields:
        case list([str(name), str(folder), bytes(data), str(problem), str(defined), str(imported)]):
            read = None if problem else data
            return Opened(name, folder, read, problem, _names(defined), _names(imported))
    raise IntakeError("an archive cannot be read.")


def _names(joined: str) -> frozenset[str]:
    return frozenset(joined.split())
