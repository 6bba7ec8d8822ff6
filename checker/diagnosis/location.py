"""Find the place of all errors: entries or cases that are wrong while all others are right.

A place is named only if it contains all errors and most of it is wrong: nine in ten of its entries,
or, for a kind of case, three in ten of these cases.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from operator import itemgetter
from typing import Any

import numpy as np

from checker.cases.case_set import numbers
from checker.cases.comparison import close
from checker.diagnosis import kinds_of_case
from checker.diagnosis.evidence import Evidence, sentence
from checker.diagnosis.finding import Finding

# From the arguments of a case by name, and the shape of a result, to a mask of entries or None.
Place = Callable[[dict[str, Any], tuple[int, ...]], Any]

FEWEST_CASES = 3  # of a kind, and of all others
FEWEST_ALIKE = 2  # of a kind of which all cases fail, and no others
MOST, SOME = 0.7, 0.3  # of the cases of a kind: "most" and "some" of them fail
FEWEST_NUMBERS = 8  # outside of a range, where the result is right
Masks = list[tuple[int, Any]]  # of entries, each with the index of its case
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
        if len(masks) == len(evidence.ordinary):
            if words := _entries(evidence, result, [(i, mask[0]) for i, mask in masks]):
                return _finding(evidence, result, words)
            if words := _range(evidence, result):
                return _finding(evidence, result, words)
        if where := kind_of_case(evidence, result):
            return Finding("place", "observed", where)
        if words := _right_while_small(evidence, _failing(evidence, result)):
            who = _who(evidence, result)
            return Finding("place", "observed", sentence(f"{who} is right {words}"))
    return None


def _entries(evidence: Evidence, result: int, masks: Masks) -> str:
    """The place of the wrong entries in words, or nothing: the one with the fewest right ones."""
    found = [(_right_inside(evidence, result, masks, at), words) for words, at in entries(evidence)]
    fitting = [(count, words) for count, words in found if count is not None]
    words = min(fitting, key=itemgetter(0), default=(0, ""))[1]
    if all(mask.ndim == 1 for _, mask in masks):
        words = words.replace(" row", " entry")
    if evidence.form.steps == "many":
        words = words.replace(" row", " step").replace(" entry", " step")
    return words


def _range(evidence: Evidence, result: int) -> str:
    """The range of the numbers of an argument where the result is wrong, in words, or nothing."""
    for at, name in enumerate(evidence.case_set.arguments):
        pairs = [
            (np.abs(numbers(source.case_set.cases[i].arguments[at])), _errors(source, i, result))
            for source in (evidence, evidence.elsewhere)
            for i in source.ordinary
        ]
        if not all(mask and mask[0].shape == value.shape for value, mask in pairs):
            continue
        wrong = np.concatenate([value[mask[0]] for value, mask in pairs if mask])
        right = np.concatenate([value[~mask[0]] for value, mask in pairs if mask])
        if not wrong.size or len(np.unique(right)) < FEWEST_NUMBERS:
            continue
        if wrong.min() > right.max():
            return f"where {name} is beyond {right.max():.4g} in size"
        if wrong.max() < right.min():
            return f"where {name} is less than {right.min():.4g} in size"
    return ""


def kind_of_case(evidence: Evidence, result: int) -> str:
    """A sentence about the kind of case in which a result is wrong, or nothing."""
    words = _kind(evidence, result, _failing(evidence, result))
    return _sentence(evidence, result, words) if words else ""


def _failing(evidence: Evidence, result: int) -> set[int]:
    return {i for i in evidence.ordinary if _fails(evidence, i, result)}


def _kind(evidence: Evidence, result: int, failing: set[int]) -> str:
    """The first kind of case that has all failing cases and no others, in words, or nothing.

    Otherwise two kinds together have, or it is the first of which most cases fail, or some.
    """
    other = evidence.elsewhere
    further = frozenset(i for i in other.ordinary if _fails(other, i, result))
    also = dict(kinds_of_case.kinds(other))
    holding: dict[str, frozenset[int]] = {}
    for words, inside in kinds_of_case.kinds(evidence):
        outside = len(evidence.ordinary) - len(inside)
        fewest = FEWEST_ALIKE if inside == failing else FEWEST_CASES
        enough = len(inside) >= fewest and outside >= FEWEST_CASES
        if enough and failing <= inside and further <= also.get(words, further):
            holding[words] = inside
    shares = {words: len(failing) / len(inside) for words, inside in holding.items()}
    if 1 not in shares.values() and len(failing) >= FEWEST_CASES:
        for one, more in combinations(holding, 2):
            both = also.get(one, further) & also.get(more, further)
            if holding[one] & holding[more] == failing and both == further:
                return f"{one} and {more.removeprefix(kinds_of_case.LEAD)}"
    for least, cases in ((1, "in cases"), (MOST, "in most cases"), (SOME, "in some cases")):
        for words, share in shares.items():
            if share >= least:
                return words.replace("in cases", cases, 1)
    return ""


def _right_while_small(evidence: Evidence, failing: set[int]) -> str:
    """Up to which size of an argument no case fails, if that is some size."""
    for at, name in enumerate(evidence.case_set.arguments):
        given = {i: evidence.case_set.cases[i].arguments[at] for i in evidence.ordinary}
        if not any(isinstance(value, np.ndarray) for value in given.values()):
            continue
        sizes = {i: numbers(value).size for i, value in given.items()}
        most = min((sizes[i] for i in failing), default=0) - 1
        right = sum(size <= most for size in sizes.values())
        if most > 1 and right >= FEWEST_CASES:
            return (
                f"in every case where {name} has at most {most} numbers, and wrong in some with "
                "more: what happens on the way?"
            )
    return ""


def _finding(evidence: Evidence, result: int, words: str) -> Finding:
    return Finding("place", "observed", _sentence(evidence, result, words))


def _sentence(evidence: Evidence, result: int, words: str) -> str:
    return sentence(f"{_who(evidence, result)} is wrong {words}, and right everywhere else.")


def _who(evidence: Evidence, result: int) -> str:
    """The name of a result, which may be that of an argument too."""
    name = evidence.case_set.results[result]
    return f"the result {name}" if name in evidence.case_set.arguments else name


def _fails(evidence: Evidence, i: int, result: int) -> bool:
    right = evidence.judged[i].right
    return not right or not right[result]


def _errors(evidence: Evidence, i: int, result: int) -> tuple[Any] | None:
    """A mask of the wrong entries, or None. It is in a tuple because an empty mask is false."""
    want, got = evidence.case_set.cases[i].results[result], evidence.got(i, result)
    if got is None or got.shape != want.low.shape:
        return None
    return (~close(want, got),)


def _right_inside(evidence: Evidence, result: int, masks: Masks, place: Place) -> int | None:
    """How many entries of a place are right, or None if the errors are not in it, and only there.

    Elsewhere there must be right entries other than zero, or else everything may be wrong.
    """
    errors, inside, elsewhere = 0, 0, 0
    for i, mask in masks:
        case = evidence.case_set.cases[i]
        named = dict(zip(evidence.case_set.arguments, case.arguments, strict=True))
        where = place(named, mask.shape)
        if where is None:
            return None
        where = np.broadcast_to(where, mask.shape)
        if np.any(mask & ~where):
            return None
        errors += int(mask.sum())
        inside += int(where.sum())
        elsewhere += int(np.count_nonzero(case.results[result].low[~where]))
    holds = errors > 0 and elsewhere > 0 and errors >= 0.9 * inside
    return inside - errors if holds else None


def is_exactly(evidence: Evidence, masks: Masks, place: Place) -> bool:
    """Whether these entries are those of a place, no more and no less, in every case."""
    for i, mask in masks:
        case = evidence.case_set.cases[i]
        named = dict(zip(evidence.case_set.arguments, case.arguments, strict=True))
        where = place(named, mask.shape)
        if where is None or not np.array_equal(np.broadcast_to(where, mask.shape), mask):
            return False
    return True


def entries(evidence: Evidence) -> Iterator[tuple[str, Place]]:
    for name in evidence.case_set.arguments:
        for words, compare in SIGNS.items():
            yield f"where {name} is {words}", partial(_signed, name, compare)
        yield f"where {name} is greater than 1", partial(_signed, name, _beyond_one)
    for words, at in (("first", 0), ("last", -1)):
        yield f"in the {words} row", partial(_line, 0, at, True)
        yield f"in the {words} column", partial(_line, 1, at, True)
        yield f"in every row except the {words}", partial(_line, 0, at, False)
        yield f"in every column except the {words}", partial(_line, 1, at, False)
    for rows in range(2, 6):
        yield f"in every row after row {rows}", partial(_line, 0, slice(rows, None), True)


def _beyond_one(value: Any, _: int) -> Any:
    return value > 1


def _signed(name: str, compare: Any, named: dict[str, Any], shape: tuple[int, ...]) -> Any:
    value = numbers(named[name])
    return compare(value, 0) if value.shape == shape else None


def _line(
    axis: int, at: int | slice, inside: bool, _: dict[str, Any], shape: tuple[int, ...]
) -> Any:
    if len(shape) <= axis or not shape[axis]:
        return None
    where = np.full(shape, not inside)
    where.swapaxes(0, axis)[at] = inside
    return where
