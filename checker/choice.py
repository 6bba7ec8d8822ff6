"""Which candidate inputs a bank keeps: those that catch every known mistake and tell them apart.

A mistake is caught by a case where its answer is clearly not the right one; two mistakes are told
apart by a case where they clearly answer differently. Both are columns of one table, a case being
a row, and the bank takes rows until every column is covered that can be: the one that covers most
first, the smaller one where two cover the same.
"""

import copy
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.bank import Result
from checker.kinds import Form
from checker.mistakes import Entry
from checker.worker.seal import seal

CLEARLY = 16.0  # times the error bound: no machine and no library version decides otherwise
APART = 1e-4  # relative: far above rounding, even in single precision

Outcome = tuple[Any, ...] | None  # None where it raises
Table = NDArray[np.bool_]


def outcome(form: Form, entry: Entry, arguments: list[Any]) -> tuple[Outcome, bool]:
    """What a known version answers, and whether it changed what it was given."""
    given = copy.deepcopy(arguments)
    try:
        with np.errstate(all="ignore"):
            answer = tuple(np.array(part) for part in form.call(entry.function, given))
    except Exception:  # it cannot be computed on such shapes
        return None, False
    return answer, seal(given) != seal(arguments)


def clearly_off(results: Sequence[Result], got: Outcome) -> bool:
    if got is None or len(got) != len(results):
        return True
    return any(_far(result, part) for result, part in zip(results, got, strict=True))


def _far(result: Result, part: Any) -> bool:
    if part.shape != result.low.shape and (part.size != 1 or result.low.size != 1):
        return True
    margin = CLEARLY * result.bound
    inside = (part >= result.low - margin) & (part <= result.high + margin) & np.isfinite(part)
    inside |= np.isnan(part) & np.isnan(result.low)
    return not inside.all()


def choose(caught: Table, prints: Any, messages: Sequence[str]) -> list[int]:
    """The rows to keep, in the order they were chosen.

    `caught` is cases by mistakes; `prints` is what `fingerprint` made of each, in the same layout.
    """
    values, scales, shapes = np.moveaxis(np.asarray(prints, dtype=float), -1, 0)
    pairs = [(a, b) for a, b in combinations(range(len(messages)), 2) if messages[a] != messages[b]]
    apart = [
        (np.abs(values[:, a] - values[:, b]) > APART * (scales[:, a] + scales[:, b]))
        | (shapes[:, a] != shapes[:, b])
        for a, b in pairs
    ]
    table = np.column_stack([caught, *apart])
    uncovered = table.any(axis=0)
    chosen = []
    while uncovered.any():
        best = int(np.argmax(table[:, uncovered].sum(axis=1)))
        chosen.append(best)
        uncovered &= ~table[best]
    return chosen


def fingerprint(got: Outcome) -> tuple[float, float, float]:
    """Three numbers: one that differs for different values, their size, and one for the shapes.

    The entries are weighted with numbers that have no simple ratio, so that other values hardly
    ever give the same sum.
    """
    if got is None:
        return 0.0, 1.0, -1.0
    total, size, shapes = 0.0, 0.0, 0.0
    for number, part in enumerate(got):
        flat = np.nan_to_num(part.ravel().astype(float), nan=1e5, posinf=1e6, neginf=-1e6)
        total += float(flat @ np.cos(1.0 + 1.7 * np.arange(flat.size) + 0.9 * number))
        size += float(np.abs(flat).sum())
        shapes = 31 * shapes + sum(7**axis * n for axis, n in enumerate(part.shape, 1))
    return total, size, shapes
