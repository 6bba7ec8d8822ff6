"""What the cases of a task cover, whatever mistakes are known."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from checker.cases.branches import Side
from checker.cases.case_set import CaseSet
from checker.cases.features import features
from checker.course.assignment import Task
from checker.numerics.equations import is_real

SIDES = (("below", "equal", "above"), ("false", "true"))  # of a comparison and of a condition


@dataclass(frozen=True)
class Coverage:
    """Numbers of axes, lengths and sizes of values in the cases; features, and sides of decisions.

    Two features are a pair if a case has both. A side is what may happen in a decision of the
    reference (`branches`). A length of a loop that is not reached is no fault: most loops have
    fixed lengths.
    """

    ranks: list[int]
    lengths: list[int]
    smallest: float
    largest: float
    features: int
    pairs: int
    reached: int
    missing: list[str]

    @property
    def words(self) -> str:
        arrays = (
            f"arrays with {_ranges(self.ranks)} axes of length {_ranges(self.lengths)}"
            if self.lengths
            else "single numbers"
        )
        values = f"sizes of values from {self.smallest:.0e} to {self.largest:.0e}"
        return f"{arrays}; {values}; {self.features} features, {self.pairs} pairs of them"


def coverage(task: Task, case_set: CaseSet) -> Coverage:
    """What the valid cases of a task cover."""
    cases = [case for case in case_set.cases if not case.invalid]
    found = features(task, cases)
    together = {pair for each in found for pair in combinations(sorted(each, key=repr), 2)}
    reached = frozenset(f for each in found for f in each if len(f) == 3)
    arrays = [v for case in cases for v in case.arguments if isinstance(v, np.ndarray) and v.ndim]
    sizes = [np.abs(v[v != 0]) for v in map(np.asarray, _reals(cases)) if np.any(v != 0)]
    return Coverage(
        sorted({array.ndim for array in arrays}),
        sorted({n for array in arrays for n in array.shape}),
        min((float(v.min()) for v in sizes), default=0.0),
        max((float(v.max()) for v in sizes), default=0.0),
        len(frozenset().union(*found)),
        len(together),
        len(reached),
        _missing(reached),
    )


def _reals(cases: list[Any]) -> list[Any]:
    return [v for case in cases for v in case.arguments if is_real(v) or isinstance(v, float)]


def _missing(reached: frozenset[Side]) -> list[str]:
    """The sides of each decision that were not reached, in words."""
    found = []
    for line, code in sorted({(line, code) for line, code, _ in reached}):
        seen = {side for at, text, side in reached if (at, text) == (line, code)}
        for sides in SIDES:
            if seen & set(sides):
                found += [f"line {line}, {code}: never {s}" for s in sides if s not in seen]
    return found


def _ranges(numbers: list[int]) -> str:
    """1, 2, 3, 8 as "1 to 3, 8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]} to {r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
