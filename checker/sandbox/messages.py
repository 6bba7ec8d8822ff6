"""The messages that a worker sends: one record for each kind, and its layout on the wire.

The answers to all cases of a task are one message. If every result is an array, the message is flat
and consists of three parts:

    shapes       for each result its number of axes, then their lengths
    values       all entries of all results, one after another
    checksums    of the arguments after each call

The answers can then be compared as one large array, and right ones are never split into cases.
Nothing that a worker sends is trusted: a message that does not match its record raises
WorkerDiedError.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from checker.sandbox.checksum import CHECKSUM_SIZE
from checker.sandbox.failures import WorkerDiedError

INVALID = "it sent an invalid reply"


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has sandboxed itself: the isolation level, and what is missing and why."""

    isolation: str
    lacking: list[str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file was run: its functions, those left unfinished, and the statements that failed.

    `outlines` has a list for each function: its name, and the fields of its `Outline`.
    """

    functions: list[str]
    stubs: list[str]
    broken: list[list[str]]  # pairs: the name of a definition that failed, and the reason
    notes: list[str]
    outlines: list[Any]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file cannot be read as Python at all."""

    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A call returned: each result is an array, or words that describe it if it is not one."""

    results: list[Any]
    checksum: bytes  # of the arguments after the call


@dataclass(frozen=True, slots=True)
class Raised:
    """A call raised an exception. `line` is the line of the submission, or 0 if unknown."""

    kind: str
    words: str
    line: int
    is_value_error: bool


Reply = Returned | Raised

# Calls a submission: function, number of results, arguments of each call -> replies.
Ask = Callable[[str, int, list[list[Any]]], list[Reply]]

RECORD_LAYOUTS: dict[str, tuple[type, tuple[type, ...]]] = {
    "ready": (Ready, (str, list)),
    "loaded": (Loaded, (list, list, list, list, list)),
    "unreadable": (Unreadable, (str,)),
    "returned": (Returned, (list, bytes)),
    "raised": (Raised, (str, str, int, bool)),
}
RECORD_TAGS = {record: tag for tag, (record, _) in RECORD_LAYOUTS.items()}


def pack(record: Any) -> list[Any]:
    """Turn a record into a message: its tag, then its fields."""
    return [RECORD_TAGS[type(record)], *(getattr(record, name) for name in type(record).__slots__)]


def unpack(message: Any) -> Any:
    """Turn a message into a record. Raises WorkerDiedError if it is invalid."""
    match message:
        case [str(tag), *fields] if tag in RECORD_LAYOUTS:
            record, types = RECORD_LAYOUTS[tag]
            if tuple(map(type, fields)) == types:
                return record(*fields)
    raise WorkerDiedError(INVALID)


@dataclass(frozen=True)
class Answers:
    """The answers to a request: `parts` results for each of `count` cases."""

    message: list[Any]
    count: int
    parts: int

    @property
    def flat(self) -> tuple[Any, Any, bytes] | None:
        """Shapes, values and checksums if the message is flat, else None."""
        match self.message:
            case ["flat", np.ndarray() as shapes, np.ndarray() as values, bytes() as checksums]:
                return shapes, values, checksums
        return None

    @cached_property
    def replies(self) -> list[Reply]:
        """One reply for each case. Raises WorkerDiedError if the message is invalid."""
        if self.flat is not None:
            return list(self._split(*self.flat))
        match self.message:
            case ["each", list() as replies] if len(replies) == self.count:
                return list(map(_reply, replies))
        raise WorkerDiedError(INVALID)

    def _split(self, shapes: Any, values: Any, checksums: bytes) -> Iterator[Reply]:
        """Split a flat message into replies."""
        at = start = 0
        if shapes.dtype != np.int64 or len(checksums) != CHECKSUM_SIZE * self.count:
            raise WorkerDiedError(INVALID)
        try:
            for case in range(self.count):
                results = []
                for _ in range(self.parts):
                    axes = int(shapes[at])
                    shape = tuple(map(int, shapes[at + 1 : at + 1 + axes]))
                    size = int(np.prod(shape))
                    results.append(values[start : start + size].reshape(shape))
                    at, start = at + 1 + axes, start + size
                yield Returned(
                    results, checksums[CHECKSUM_SIZE * case : CHECKSUM_SIZE * (case + 1)]
                )
        except (IndexError, ValueError) as error:
            raise WorkerDiedError(INVALID) from error


def _reply(message: Any) -> Reply:
    record = unpack(message)
    if not isinstance(record, Returned | Raised):
        raise WorkerDiedError(INVALID)
    return record


def answers_message(replies: list[Reply]) -> list[Any]:
    """The message for these replies: flat if every result is an array."""
    returned = [reply for reply in replies if isinstance(reply, Returned)]
    results = [result for reply in returned for result in reply.results]
    arrays = all(isinstance(result, np.ndarray) for result in results)
    if not results or not arrays or len(returned) < len(replies):
        return ["each", list(map(pack, replies))]
    return [
        "flat",
        np.array([n for r in results for n in (r.ndim, *r.shape)], dtype=np.int64),
        np.concatenate([r.ravel() for r in results]).astype(float),
        b"".join(reply.checksum for reply in returned),
    ]
