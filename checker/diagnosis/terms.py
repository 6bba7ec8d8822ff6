"""A sum of known terms: which ones the answer is made of, and which of them do not belong.

A module of mistakes may list TERMS, the pieces that right and wrong versions of its backward are
made of. Few of them, with simple coefficients, have to give the answer exactly: they are fitted on
every other case, and have to hold on those in between as well.
"""

import inspect
from itertools import combinations
from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, Finding
from checker.mistakes import terms

MOST = 3  # terms in one answer
SIMPLE = (1.0, 2.0, 0.5, 3.0, 4.0, 0.25)
EXACT = 1e-5
CONDITION = 1e6  # beyond that the terms cannot be told apart on these cases


def look(evidence: Evidence) -> Finding | None:
    known = terms(evidence.task.operation) if evidence.form.backward else ()
    if not known or evidence.wrong != [0] or len(evidence.bank.results) != 1:
        return None
    gots = [evidence.got(i, 0) for i in evidence.ordinary]
    wants = [evidence.bank.cases[i].results[0].low for i in evidence.ordinary]
    shapes = zip(gots, wants, strict=True)
    if any(got is None or got.shape != want.shape for got, want in shapes):
        return None
    columns = [_column(evidence, term) for term in known]
    theirs = _made_of(columns, gots)
    right = _made_of(columns, wants)
    if theirs is None or right is None:
        return None
    words = " ".join(_spoken(c, known[k], first=k == min(theirs)) for k, c in theirs.items())
    text = f"{evidence.bank.results[0]} is exactly {words}.{_compared(theirs, right, known)}"
    return Finding("terms", "likely", text, "Which of these terms does the chain rule give you?")


def _column(evidence: Evidence, term: Any) -> list[Any]:
    cases = [evidence.bank.cases[i] for i in evidence.ordinary]
    return [np.asarray(evidence.form.call(term, case.arguments)[0], float) for case in cases]


def _made_of(columns: list[list[Any]], answers: list[Any]) -> dict[int, float] | None:
    """The fewest terms that give these answers, and their coefficients."""
    table = np.column_stack([_flat(column[::2]) for column in columns])
    held_back = np.column_stack([_flat(column[1::2]) for column in columns])
    target, check = _flat(answers[::2]), _flat(answers[1::2])
    if not np.isfinite([*target, *check]).all() or not np.isfinite(table).all():
        return None
    for count in range(1, MOST + 1):
        for chosen in map(list, combinations(range(len(columns)), count)):
            part = table[:, chosen]
            if np.linalg.cond(part) > CONDITION:
                continue
            fitted = [_simple(c) for c in np.linalg.lstsq(part, target, rcond=None)[0]]
            found = all(fitted) and _equal(part @ fitted, target)
            if found and _equal(held_back[:, chosen] @ fitted, check):
                return dict(zip(chosen, map(float, fitted), strict=True))
    return None


def _flat(arrays: list[Any]) -> Any:
    return np.concatenate([np.ravel(np.asarray(array, float)) for array in arrays])


def _simple(coefficient: float) -> float:
    """The simple number that this is; 0 where it is none."""
    near = (s for s in SIMPLE if abs(abs(coefficient) - s) <= EXACT * s)
    return float(np.sign(coefficient)) * next(near, 0.0)


def _equal(a: Any, b: Any) -> bool:
    return bool(np.all(np.abs(a - b) <= EXACT * np.max(np.abs(b), initial=1e-30)))


def _spoken(coefficient: float, term: Any, first: bool = False) -> str:
    size = "" if abs(coefficient) == 1 else f"{abs(coefficient):g} "
    sign = "-" if coefficient < 0 else "" if first else "+"
    return f"{sign} {size}{inspect.getdoc(term)}".strip()


def _compared(theirs: dict[int, float], right: dict[int, float], known: Any) -> str:
    """What is different, without saying what is right."""
    extra = [k for k in theirs if k not in right]
    turned = [k for k in theirs if k in right and theirs[k] == -right[k]]
    scaled = [k for k in theirs if k in right and abs(theirs[k]) != abs(right[k])]
    parts = [f"{inspect.getdoc(known[k])} does not belong there" for k in extra]
    parts += [f"the sign of {inspect.getdoc(known[k])} is wrong" for k in turned]
    parts += [f"the number before {inspect.getdoc(known[k])} is wrong" for k in scaled]
    if len(right) > len(theirs) - len(extra) and not extra:
        parts.append("something is missing")
    return f" In it {', and '.join(parts)}." if parts else ""
