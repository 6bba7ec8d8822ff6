"""All expected results of a case set in flat arrays: one comparison recognises right answers."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from checker.sandbox.messages import Answers


@dataclass(frozen=True)
class Result:
    """The values that are right for one result: from `low` to `high`, plus or minus `bound`.

    All three are None for an invalid input, which must raise a ValueError. `total` is the right sum
    of all entries, where equal entries may share a gradient in any way but must not lose any of it.
    """

    low: Any
    high: Any
    bound: Any
    total: float | None = None

    @property
    def is_range(self) -> bool:
        """Whether the result is a single number that may lie anywhere in an interval."""
        return np.size(self.low) == 1 and bool(np.all(self.low < self.high))

    def conserves(self, values: Any) -> bool:
        """Whether the entries have the right sum, if there is one."""
        if self.total is None:
            return True
        return abs(float(np.sum(values)) - self.total) <= float(np.sum(self.bound + 0 * self.low))


@dataclass(frozen=True)
class AnswerKey:
    """The expected results of all cases, end to end.

    `shapes` holds for each result its number of axes, then their lengths. `low`, `high` and `bound`
    hold one number for each entry. `conserved` holds the results with a right sum, and where their
    entries begin.
    """

    shapes: Any
    low: Any
    high: Any
    bound: Any
    largest: int  # bytes of the largest result
    conserved: tuple[tuple[int, Result], ...]

    @property
    def plain(self) -> list[Any]:
        """Plain values, which the wire format can encode."""
        conserved = [[at, r.low, r.high, r.bound, r.total] for at, r in self.conserved]
        return [self.shapes, self.low, self.high, self.bound, self.largest, conserved]

    @classmethod
    def restored(
        cls, shapes: Any, low: Any, high: Any, bound: Any, largest: int, conserved: list[Any]
    ) -> Self:
        """The answer key of such values."""
        results = tuple((at, Result(*fields)) for at, *fields in conserved)
        return cls(shapes, low, high, bound, largest, results)

    @cached_property
    def _limits(self) -> tuple[Any, Any]:
        """The smallest and the largest right values."""
        return self.low - self.bound, self.high + self.bound

    def agrees(self, answers: "Answers") -> bool:
        """Whether every answer is right. If not, `judge` determines what is wrong."""
        if answers.flat is None:
            return False
        shapes, values = answers.flat
        if not np.array_equal(shapes, self.shapes):
            return False
        if values.shape != self.low.shape or values.dtype != np.float64:
            return False
        with np.errstate(all="ignore"):
            low, high = self._limits
            inside = (values >= low) & (values <= high)
            close = inside & np.isfinite(values)
            if not close.all():
                close |= inside & (values == self.low)
                close |= np.isnan(values) & np.isnan(self.low)
        return bool(close.all()) and all(
            result.conserves(values[start : start + result.low.size])
            for start, result in self.conserved
        )


def answer_key(results: list[Result]) -> AnswerKey:
    """The answer key of these results."""
    shapes = [np.shape(result.low) for result in results]
    starts = accumulate((int(np.prod(shape)) for shape in shapes), initial=0)
    return AnswerKey(
        np.array([n for shape in shapes for n in (len(shape), *shape)], dtype=np.int64),
        _flat([result.low for result in results], shapes),
        _flat([result.high for result in results], shapes),
        _flat([result.bound for result in results], shapes),
        max((np.asarray(result.low).nbytes for result in results), default=0),
        tuple((at, r) for at, r in zip(starts, results, strict=False) if r.total is not None),
    )


def _flat(values: list[Any], shapes: list[tuple[int, ...]]) -> Any:
    parts = [_spread(v, s) for v, s in zip(values, shapes, strict=True)]
    return np.concatenate(parts).astype(float, copy=False) if parts else np.zeros(0)


def _spread(value: Any, shape: tuple[int, ...]) -> Any:
    """The entries of a value that is broadcast to this shape. Most have it already."""
    same = isinstance(value, np.ndarray) and value.shape == shape
    return (value if same else np.broadcast_to(value, shape)).ravel()
