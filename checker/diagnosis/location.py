"""Find the place of all errors: entries or cases that are wrong while all others are right.

A place is named only if it contains all errors and at least nine in ten of its entries are wrong.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from checker.cases.case_set import numbers
from checker.diagnosis.evidence import Evidence, sentence
from checker.diagnosis.finding import Finding

# From the arguments of a case by name, and the shape of a result, to a mask of entries or None.
Place = Callable[[dict[str, Any], tuple[int, ...]], Any]

SIGNS = {
    "negative": np.less,
    "zero": np.equal,
    "positive": np.greater,
    "not positive": np.less_equal,
    "not negative": np.greater_equal,
}


def look(evidence: Evidence) -> Finding | None:
    for result in evidence.wrong:
        masks = [(i, mask) for i in evidence.ordinary if (mask := _errors(evidence, i, result))]
        if len(masks) < len(evidence.ordinary):
            continue  # some answer has another shape or is not an array
        for words, place in (*_entries(evidence), *_cases(evidence)):
            if _holds(evidence, result, [(i, mask[0]) for i, mask in masks], place):
                who = evidence.case_set.results[result]
                if all(mask[0].ndim == 1 for _, mask in masks):
                    words = words.replace(" row", " entry")
                where = f"{who} is wrong {words}, and right everywhere else."
                return Finding("place", "observed", sentence(where))
    return None


def _errors(evidence: Evidence, i: int, result: int) -> tuple[Any] | None:
    """A mask of the wrong entries, or None. It is in a tuple because an empty mask is false."""
    want, got = evidence.case_set.cases[i].results[result], evidence.got(i, result)
    if got is None or got.shape != want.low.shape:
        return None
    right = (got >= want.low - want.bound) & (got <= want.high + want.bound)
    return (~right,)


def _holds(evidence: Evidence, result: int, masks: list[tuple[int, Any]], place: Place) -> bool:
    """Whether the errors are in this place and only there.

    Elsewhere there must be right entries other than zero, or else everything may be wrong.
    """
    errors, inside, elsewhere = 0, 0, 0
    for i, mask in masks:
        case = evidence.case_set.cases[i]
        named = dict(zip(evidence.case_set.arguments, case.arguments, strict=True))
        where = place(named, mask.shape)
        if where is None:
            return False
        where = np.broadcast_to(where, mask.shape)
        if np.any(mask & ~where):
            return False
        errors += int(mask.sum())
        inside += int(where.sum())
        elsewhere += int(np.count_nonzero(case.results[result].low[~where]))
    return errors > 0 and elsewhere > 0 and errors >= 0.9 * inside


def _entries(evidence: Evidence) -> Iterator[tuple[str, Place]]:
    for name in evidence.case_set.arguments:
        for words, compare in SIGNS.items():
            yield f"where {name} is {words}", partial(_signed, name, compare)
    for words, at in (("first", 0), ("last", -1)):
        yield f"in the {words} row", partial(_line, 0, at, True)
        yield f"in the {words} column", partial(_line, 1, at, True)
        yield f"in every row except the {words}", partial(_line, 0, at, False)
        yield f"in every column except the {words}", partial(_line, 1, at, False)


def _signed(name: str, compare: Any, named: dict[str, Any], shape: tuple[int, ...]) -> Any:
    value = numbers(named[name])
    return compare(value, 0) if value.shape == shape else None


def _line(axis: int, at: int, inside: bool, _: dict[str, Any], shape: tuple[int, ...]) -> Any:
    if len(shape) <= axis or not shape[axis]:
        return None
    where = np.full(shape, not inside)
    where.swapaxes(0, axis)[at] = inside
    return where


def _cases(evidence: Evidence) -> Iterator[tuple[str, Place]]:
    parts = [(part.name, part.axes) for part in evidence.form.arguments]
    for axis in evidence.sizes(evidence.case_set.cases[0]):
        owner, axes = next((name, axes) for name, axes in parts if axis in axes)
        yield (
            f"in cases where {axis} is greater than 1",
            partial(_longer_than_one, owner, axes.index(axis)),
        )
    for name, axes in parts:
        if len(axes) == 2 and "..." not in axes:
            yield f"in cases where {name} is not square", partial(_oblong, name, True)
            yield f"in cases where {name} is square", partial(_oblong, name, False)


def _longer_than_one(name: str, axis: int, named: dict[str, Any], _: tuple[int, ...]) -> Any:
    return np.shape(named[name])[axis] > 1


def _oblong(name: str, oblong: bool, named: dict[str, Any], _: tuple[int, ...]) -> Any:
    rows, columns = np.shape(named[name])
    return (rows != columns) == oblong and (oblong or rows > 1)
