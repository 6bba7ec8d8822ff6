"""What all cases of a bank expect, laid end to end: what is right is known by one comparison."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from checker.bank import Case
    from checker.worker.answers import Answers


@dataclass(frozen=True)
class Expected:
    """The shapes of all results, their entries, what these may be, and the seals of the inputs."""

    shapes: Any
    low: Any
    high: Any
    bound: Any
    seals: bytes
    largest: int  # bytes of one result

    def agrees(self, answers: "Answers") -> bool:
        """Whether every answer is right. If not, comparison.judge finds out what is wrong."""
        if answers.flat is None:
            return False
        shapes, values, seals = answers.flat
        if seals != self.seals or not np.array_equal(shapes, self.shapes):
            return False
        if values.shape != self.low.shape or values.dtype != np.float64:
            return False
        with np.errstate(all="ignore"):
            close = (values >= self.low - self.bound) & (values <= self.high + self.bound)
            close &= np.isfinite(values) | (values == self.low)
        close |= np.isnan(values) & np.isnan(self.low)
        return bool(close.all())


def expected(cases: "list[Case]") -> Expected:
    results = [result for case in cases if not case.refused for result in case.results]
    shapes = [np.shape(result.low) for result in results]
    return Expected(
        np.array([n for shape in shapes for n in (len(shape), *shape)], dtype=np.int64),
        _flat([result.low for result in results], shapes),
        _flat([result.high for result in results], shapes),
        _flat([result.bound for result in results], shapes),
        b"".join(case.seal for case in cases),
        max((np.asarray(result.low).nbytes for result in results), default=0),
    )


def _flat(values: list[Any], shapes: list[tuple[int, ...]]) -> Any:
    parts = [np.broadcast_to(v, s).ravel() for v, s in zip(values, shapes, strict=True)]
    return np.concatenate(parts).astype(float) if parts else np.zeros(0)
