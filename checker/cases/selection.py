"""Select the candidates that a case set keeps: they kill every mutant and tell the mutants apart.

A case kills a mutant if the mutant's answer is clearly wrong. It tells two mutants apart if their
answers clearly differ. The mutants and the pairs are the columns of a table with a row for each
case. Rows are selected greedily until every column is covered that can be: each time the row that
covers the most uncovered columns, and among equal ones the first, which is the smallest case.
"""

import copy
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.cases.answer_key import Result
from checker.cases.case_set import Case
from checker.cases.checksum import checksum
from checker.cases.mutants import Mutant

CLEAR_ERROR = 16.0  # times the error bound: wrong on any machine, with any library version
CLEAR_DIFFERENCE = 1e-4  # relative: far above rounding, even in single precision

Outcome = tuple[Any, ...] | None  # None if it raises an exception
Table = NDArray[np.bool_]


def outcome(mutant: Mutant, arguments: list[Any]) -> tuple[Outcome, bool]:
    """The answer of a mutant, and whether it changed its arguments."""
    copied = copy.deepcopy(arguments)
    try:
        with np.errstate(all="ignore"):
            answer = tuple(np.array(part) for part in mutant.call(copied))
    except Exception:  # a mutant may fail on some shapes
        return None, False
    return answer, checksum(copied) != checksum(arguments)


def can_be_made(mutant: Mutant, outcomes: Sequence[tuple[Outcome, bool]]) -> bool:
    """Whether a mutant gives any answer: a generic operator may fail on the shapes of all cases."""
    return not mutant.generic or any(answer is not None for answer, _ in outcomes)


def kills(mutant: Mutant, case: Case, answer: Outcome, changed: bool) -> bool:
    """Whether a case shows clearly that a mutant is wrong.

    An exception does not kill a generic mutant: its operator raises where it makes no sense.
    """
    if answer is None:
        return not mutant.generic
    return changed or clearly_off(case.results, answer)


def clearly_off(results: Sequence[Result], got: Outcome) -> bool:
    """Whether an answer is wrong by far more than its error bounds."""
    if got is None or len(got) != len(results):
        return True
    return any(_far(result, part) for result, part in zip(results, got, strict=True))


def _far(result: Result, part: Any) -> bool:
    if part.shape != result.low.shape and (part.size != 1 or result.low.size != 1):
        return True
    margin = CLEAR_ERROR * result.bound
    inside = (part >= result.low - margin) & (part <= result.high + margin) & np.isfinite(part)
    inside |= np.isnan(part) & np.isnan(result.low)
    return not inside.all()


def choose(killed: Table, prints: Any, messages: Sequence[str]) -> list[int]:
    """Select cases and return their row numbers, in the order of selection.

    `killed` is a table of cases by mutants. `prints` has the fingerprints of the answers in the
    same layout, and `messages` the misconception of each mutant. Mutants with the same
    misconception are not told apart.
    """
    values, scales, shapes = np.moveaxis(np.asarray(prints, dtype=float), -1, 0)
    pairs = [(a, b) for a, b in combinations(range(len(messages)), 2) if messages[a] != messages[b]]
    apart = [
        (np.abs(values[:, a] - values[:, b]) > CLEAR_DIFFERENCE * (scales[:, a] + scales[:, b]))
        | (shapes[:, a] != shapes[:, b])
        for a, b in pairs
    ]
    return cover(np.column_stack([killed, *apart]))


def cover(table: Table, times: Any = 1, kept: Sequence[int] = ()) -> list[int]:
    """Select rows until each column is covered so many `times`, or as often as it can be.

    The rows that are `kept` already cover their columns, and are not among those returned.
    """
    table = table.copy()
    wanted = np.minimum(times, table.sum(axis=0)) - table[list(kept)].sum(axis=0)
    table[list(kept)] = False
    chosen = []
    while (wanted > 0).any():
        best = int(np.argmax(table[:, wanted > 0].sum(axis=1)))
        chosen.append(best)
        wanted -= table[best]
        table[best] = False
    return chosen


def fingerprint(got: Outcome) -> tuple[float, float, float]:
    """Return three numbers: a weighted sum of the entries, their size, and a hash of the shapes.

    The weights have no simple ratios, so different entries almost never have the same sum.
    """
    if got is None:
        return 0.0, 1.0, -1.0
    total, size, shapes = 0.0, 0.0, 0.0
    for number, part in enumerate(got):
        flat = np.nan_to_num(part.ravel().astype(float), nan=1e5, posinf=1e6, neginf=-1e6)
        with np.errstate(over="ignore"):  # wrong answers to extreme inputs may be huge
            total += float(flat @ np.cos(1.0 + 1.7 * np.arange(flat.size) + 0.9 * number))
            size += float(np.abs(flat).sum())
        shapes = 31 * shapes + sum(7**axis * n for axis, n in enumerate(part.shape, 1))
    return total, size, shapes
