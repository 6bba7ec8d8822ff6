"""The messages that a worker sends: one record for each kind, and its layout on the wire.

The answers to all cases of a task are one message. If every result is an array, the message is flat
and consists of three parts:

    shapes      for each result its number of axes, then their lengths
    values      all entries of all results, one after another
    reshaped    for each call, whether it has changed the shape or dtype of an argument

The answers can then be compared as one large array, and right ones are never split into cases.
Each message also has the bytes of all arguments after the calls (see `calls`).
Nothing that a worker sends is trusted: a message that does not match its record raises
WorkerDiedError.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from checker.sandbox.calls import Calls
from checker.sandbox.failures import WorkerDiedError

INVALID = "it sent an invalid reply"
MOST_NAMES = 5000  # of definitions that are reported
MOST_NOTES = 50
DEEPEST_RESULT = 2  # a list of several results, and one of rows


class Ready(NamedTuple):
    """The worker has sandboxed itself: the isolation level, and what is missing and why."""

    isolation: str
    lacking: list[str]


class Loaded(NamedTuple):
    """The file was run: its functions, those left unfinished, and the statements that failed."""

    functions: list[str]
    stubs: list[str]
    broken: list[list[str]]  # pairs: the name of a definition that failed, and the reason
    notes: list[str]


class Unreadable(NamedTuple):
    """The file cannot be read as Python at all."""

    reason: str


class Returned(NamedTuple):
    """A call returned: each result is an array, or words that describe it if it is not one."""

    results: list[Any]
    mutated: bool  # whether the call has changed an argument


class Raised(NamedTuple):
    """A call raised an exception. `line` is the line of the submission, or 0 if unknown."""

    kind: str
    words: str
    line: int
    is_value_error: bool


class Observed(NamedTuple):
    """One call was observed: what it printed, its warnings, and the calls up to an exception.

    `length` counts all characters that were printed, of which `printed` has the first ones.
    `warnings` has pairs of words and a line, `calls` pairs of a function and a line.
    """

    printed: str
    length: int
    warnings: list[Any]
    calls: list[Any]


Reply = Returned | Raised

# Calls a submission: function, number of results, arguments of each call -> replies.
Ask = Callable[[str, int, list[list[Any]]], list[Reply]]

RECORD_LAYOUTS: dict[str, tuple[type, tuple[type, ...]]] = {
    "ready": (Ready, (str, list)),
    "loaded": (Loaded, (list, list, list, list)),
    "unreadable": (Unreadable, (str,)),
    "returned": (Returned, (list, bool)),
    "raised": (Raised, (str, str, int, bool)),
    "observed": (Observed, (str, int, list, list)),
}
RECORD_TAGS = {record: tag for tag, (record, _) in RECORD_LAYOUTS.items()}


def pack(record: Any) -> list[Any]:
    """Turn a record into a message: its tag, then its fields."""
    return [RECORD_TAGS[type(record)], *record]


def unpack(message: Any) -> Any:
    """Turn a message into a record. Raises WorkerDiedError if it is invalid."""
    match message:
        case list([str(tag), *fields]) if tag in RECORD_LAYOUTS:
            record, types = RECORD_LAYOUTS[tag]
            if tuple(map(type, fields)) == types:
                return record(*fields)
    raise WorkerDiedError(INVALID)


@dataclass(frozen=True)
class Answers:
    """The answers to these calls, with `parts` results each."""

    message: list[Any]
    calls: Calls
    parts: int

    @property
    def flat(self) -> tuple[Any, Any] | None:
        """Shapes and values if the message is flat and no call has changed an argument."""
        if self._arrays is None:
            return None
        left, reshaped, shapes, values = self._arrays
        untouched = not reshaped.any() and np.array_equal(left, self.calls.numbers)
        return (shapes, values) if untouched else None

    @cached_property
    def _arrays(self) -> list[Any] | None:
        """The arrays of a flat message: the bytes of the arguments, and its three parts."""
        match self.message:
            case ["flat", np.ndarray(), np.ndarray(), np.ndarray(), np.ndarray()]:
                return self.message[1:]
        return None

    @cached_property
    def replies(self) -> list[Reply]:
        """One reply for each call. Raises WorkerDiedError if the message is invalid."""
        left, replies = self._flat_replies() or self._single_replies()
        if len(replies) != self.calls.count:
            raise WorkerDiedError(INVALID)
        changed = self.calls.changed(left)
        pairs = zip(replies, changed, strict=True)
        return [
            reply._replace(mutated=True) if now and isinstance(reply, Returned) else reply
            for reply, now in pairs
        ]

    def _flat_replies(self) -> tuple[Any, list[Reply]] | None:
        if self._arrays is None:
            return None
        left, *parts = self._arrays
        return left, list(self._split(*parts))

    def _single_replies(self) -> tuple[Any, list[Reply]]:
        match self.message:
            case ["each", np.ndarray() as left, list() as packed]:
                return left, list(map(_reply, packed))
        raise WorkerDiedError(INVALID)

    def _split(self, reshaped: Any, shapes: Any, values: Any) -> Iterator[Reply]:
        """Split a flat message into replies."""
        at = start = 0
        if shapes.dtype != np.int64 or shapes.ndim != 1 or values.ndim != 1:
            raise WorkerDiedError(INVALID)
        if reshaped.shape != (self.calls.count,):
            raise WorkerDiedError(INVALID)
        try:
            for case in range(self.calls.count):
                results = []
                for _ in range(self.parts):
                    axes = int(shapes[at])
                    shape = tuple(map(int, shapes[at + 1 : at + 1 + axes]))
                    size = math.prod(shape)
                    if axes < 0 or any(length < 0 for length in shape):
                        raise WorkerDiedError(INVALID)
                    results.append(values[start : start + size].reshape(shape))
                    at, start = at + 1 + axes, start + size
                yield Returned(results, bool(reshaped[case]))
        except (IndexError, ValueError) as error:
            raise WorkerDiedError(INVALID) from error


def _reply(message: Any) -> Reply:
    record = unpack(message)
    if not isinstance(record, Returned | Raised):
        raise WorkerDiedError(INVALID)
    if isinstance(record, Returned) and not all(map(_is_result, record.results)):
        raise WorkerDiedError(INVALID)
    return record


def _is_result(value: Any, depth: int = DEEPEST_RESULT) -> bool:
    """Whether a value is an array, words, or a list of such values."""
    if isinstance(value, list):
        return depth > 0 and all(_is_result(part, depth - 1) for part in value)
    return isinstance(value, np.ndarray | str)


def answers_message(replies: list[Reply], left: Any) -> list[Any]:
    """The message for these replies: flat if every result is an array.

    `left` are the bytes of the arguments after the calls.
    """
    returned = [reply for reply in replies if isinstance(reply, Returned)]
    results = [result for reply in returned for result in reply.results]
    arrays = all(isinstance(result, np.ndarray) for result in results)
    if not results or not arrays or len(returned) < len(replies):
        return ["each", left, list(map(pack, replies))]
    return [
        "flat",
        left,
        np.array([reply.mutated for reply in returned]),
        np.array([n for r in results for n in (r.ndim, *r.shape)], dtype=np.int64),
        np.concatenate([r.ravel() for r in results]).astype(float, copy=False),
    ]
