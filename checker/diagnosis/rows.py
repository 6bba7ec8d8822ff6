"""Find right rows in a wrong number, or in the wrong place: the first is missing, or the last
stands in the place of all.

One description must fit every answer, including the right ones and those to held-out cases.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.comparison import fault
from checker.diagnosis.evidence import Evidence, sentence
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import thin

Rows = Callable[[Any], Any]  # what becomes of an array: some of its rows

ALIKE = "Is one array kept again and again, and changed by += or -=? Then keep a copy of it."
KEPT = "Does the loop keep one {row} at each step, and does the `return` give all of them?"
ENDED = "Does a `return` in the loop end it too early?"
BEGIN = "What does the text ask for first?"
END = "How often does your loop run, and when does it keep one {row}?"


def _whole(rows: Any) -> Any:
    return rows


def _first(rows: Any) -> Any:
    return rows[:1]


def _last(rows: Any) -> Any:
    return rows[-1:]


def _all_last(rows: Any) -> Any:
    return np.repeat(rows[-1:], len(rows), axis=0)


def _without_first(rows: Any) -> Any:
    return rows[1:]


def _without_last(rows: Any) -> Any:
    return rows[:-1]


# id, the rows of the right result that are equal to these rows of the answer, words, hint
KINDS: tuple[tuple[str, Rows, Rows, str, str], ...] = (
    ("last_row_only", _last, _whole, "Of {who} only the last {row} is there.", KEPT),
    ("first_row_only", _first, _whole, "Of {who} only the first {row} is there.", ENDED),
    ("last_row_for_all", _all_last, _whole, "Each {row} of {who} is what the last one is.", ALIKE),
    ("no_first_row", _without_first, _whole, "The first {row} of {who} is missing.", BEGIN),
    ("no_last_row", _without_last, _whole, "The last {row} of {who} is missing.", END),
    ("row_too_early", _whole, _without_first, "{who} has one {row} too many in front.", BEGIN),
    ("row_too_late", _whole, _without_last, "{who} has one {row} too many at its end.", END),
)


def look(evidence: Evidence) -> Finding | None:
    for result in evidence.wrong:
        pairs = [pair for each in (evidence, evidence.elsewhere) for pair in _pairs(each, result)]
        if not pairs or any(got is None or not want.low.ndim for want, got in pairs):
            continue
        for name, asked, given, words, hint in KINDS:
            if all(_fits(want, asked, got, given) for want, got in pairs):
                row = "entry" if all(want.low.ndim == 1 for want, _ in pairs) else "row"
                who = evidence.case_set.results[result]
                said = sentence(words.format(who=who, row=row))
                certainty = "likely" if thin(evidence, result) else "certain"
                return Finding(name, certainty, said, hint.format(row=row), results=(result,))
    return None


def _pairs(evidence: Evidence, result: int) -> list[tuple[Result, Any]]:
    cases = evidence.case_set.cases
    return [(cases[i].results[result], evidence.got(i, result)) for i in evidence.ordinary]


def _fits(want: Result, asked: Rows, got: Any, given: Rows) -> bool:
    """Whether rows of an answer are right as other rows. A row alone may lack its first axis."""
    if got.ndim == want.low.ndim - 1:
        got = got[None]
    if not got.ndim:
        return False
    shape = want.low.shape
    low, high, bound = (
        asked(np.broadcast_to(part, shape)) for part in (want.low, want.high, want.bound)
    )
    if not low.size and not given(got).size:  # an empty list has lost its other axes
        return True
    return fault(replace(want, low=low, high=high, bound=bound, total=None), given(got)) is None
