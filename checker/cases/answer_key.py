"""All expected results of a case set in flat arrays: one comparison recognises right answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from checker.sandbox.messages import Answers


@dataclass(frozen=True)
class Result:
    """The values that are right for one result: from `low` to `high`, plus or minus `bound`.

    All three are None for an invalid input, which must raise a ValueError.
    """

    low: Any
    high: Any
    bound: Any

    @property
    def is_range(self) -> bool:
        """Whether the result is a single number that may lie anywhere in an interval."""
        return np.size(self.low) == 1 and bool(np.all(self.low < self.high))


@dataclass(frozen=True)
class AnswerKey:
    """The expected results of all cases, end to end, and the checksums of their arguments.

    `shapes` holds for each result its number of axes, then their lengths. `low`, `high` and `bound`
    hold one number for each entry.
    """

    shapes: Any
    low: Any
    high: Any
    bound: Any
    checksums: bytes
    largest: int  # bytes of the largest result

    def agrees(self, answers: "Answers") -> bool:
        """Whether every answer is right. If not, `judge` determines what is wrong."""
        if answers.flat is None:
            return False
        shapes, values, checksums = answers.flat
        if checksums != self.checksums or not np.array_equal(shapes, self.shapes):
            return False
        if values.shape != self.low.shape or values.dtype != np.float64:
            return False
        with np.errstate(all="ignore"):
            close = (values >= self.low - self.bound) & (values <= self.high + self.bound)
            close &= np.isfinite(values) | (values == self.low)
        close |= np.isnan(values) & np.isnan(self.low)
        return bool(close.all())


def answer_key(results: list[Result], checksums: bytes) -> AnswerKey:
    """The answer key of these results."""
    shapes = [np.shape(result.low) for result in results]
    return AnswerKey(
        np.array([n for shape in shapes for n in (len(shape), *shape)], dtype=np.int64),
        _flat([result.low for result in results], shapes),
        _flat([result.high for result in results], shapes),
        _flat([result.bound for result in results], shapes),
        checksums,
        max((np.asarray(result.low).nbytes for result in results), default=0),
    )


def _flat(values: list[Any], shapes: list[tuple[int, ...]]) -> Any:
    parts = [np.broadcast_to(v, s).ravel() for v, s in zip(values, shapes, strict=True)]
    return np.concatenate(parts).astype(float) if parts else np.zeros(0)
