"""All answers to one question as one message: where every result is an array, three of them.

    shapes    for each result its number of axes, then their lengths
    values    all entries of all results, one after another
    seals     of the arguments after each call

Forty small answers are then compared as one large array, and most are never taken apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from checker.worker.host import WorkerDiedError
from checker.worker.seal import SIZE

NONSENSE = "its answer is not an answer"


@dataclass(frozen=True)
class Answers:
    """What came back to `parts` results for each of `count` cases. Nothing in it is trusted."""

    message: list[Any]
    count: int
    parts: int

    @property
    def flat(self) -> tuple[Any, Any, bytes] | None:
        match self.message:
            case ["flat", np.ndarray() as shapes, np.ndarray() as values, bytes() as seals]:
                return shapes, values, seals
        return None

    @cached_property
    def replies(self) -> list[list[Any]]:
        """One reply a case. Raises WorkerDiedError for what cannot be an answer."""
        match self.message:
            case ["each", list() as replies] if len(replies) == self.count:
                if all(isinstance(reply, list) and reply for reply in replies):
                    return replies
            case ["flat", np.ndarray() as shapes, np.ndarray() as values, bytes() as seals]:
                return list(self._apart(shapes, values, seals))
        raise WorkerDiedError(NONSENSE)

    def _apart(self, shapes: Any, values: Any, seals: bytes) -> Iterator[list[Any]]:
        at = start = 0
        if shapes.dtype != np.int64 or len(seals) != SIZE * self.count:
            raise WorkerDiedError(NONSENSE)
        try:
            for case in range(self.count):
                results = []
                for _ in range(self.parts):
                    axes = int(shapes[at])
                    shape = tuple(map(int, shapes[at + 1 : at + 1 + axes]))
                    size = int(np.prod(shape))
                    results.append(values[start : start + size].reshape(shape))
                    at, start = at + 1 + axes, start + size
                yield ["returned", results, seals[SIZE * case : SIZE * (case + 1)]]
        except (IndexError, ValueError) as error:
            raise WorkerDiedError(NONSENSE) from error


def message(replies: list[list[Any]]) -> list[Any]:
    """What a worker sends: flat where it can be."""
    results = [r for reply in replies if reply[0] == "returned" for r in reply[1]]
    flat = all(reply[0] == "returned" for reply in replies) and all(
        isinstance(r, np.ndarray) for r in results
    )
    if not flat or not results:
        return ["each", replies]
    return [
        "flat",
        np.array([n for r in results for n in (r.ndim, *r.shape)], dtype=np.int64),
        np.concatenate([r.ravel() for r in results]).astype(float),
        b"".join(reply[2] for reply in replies),
    ]
