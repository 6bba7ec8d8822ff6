"""Find out that an answer is a sum of known terms, and which of the terms do not belong.

A module of mutants may mark functions as terms: right and wrong backwards are sums of them. Up to
three terms with simple coefficients have to give the answers exactly. The coefficients are fitted
on every second case and have to hold on the other cases too.
"""

import inspect
from itertools import combinations
from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, sentence
from checker.diagnosis.finding import Finding
from checker.library.mutants import terms

MOST_TERMS = 3  # in one answer
SIMPLE_COEFFICIENTS = (1.0, 2.0, 0.5, 3.0, 4.0, 0.25)
EXACT_FIT = 1e-5  # the largest relative error of a coefficient and of an answer
LARGEST_CONDITION = 1e6  # with a larger condition number, these cases cannot separate the terms


def look(evidence: Evidence) -> Finding | None:
    known = terms(evidence.task.operation) if evidence.form.backward else ()
    if not known or evidence.wrong != [0] or len(evidence.case_set.results) != 1:
        return None
    gots = [evidence.got(i, 0) for i in evidence.ordinary]
    wants = [evidence.case_set.cases[i].results[0].low for i in evidence.ordinary]
    shapes = zip(gots, wants, strict=True)
    if any(got is None or got.shape != want.shape for got, want in shapes):
        return None
    columns = [_column(evidence, term) for term in known]
    actual = _decomposed(columns, gots)
    right = _decomposed(columns, wants)
    if actual is None or right is None:
        return None
    words = " ".join(_in_words(c, known[k], first=k == min(actual)) for k, c in actual.items())
    text = f"{evidence.case_set.results[0]} is exactly {words}.{_compared(actual, right, known)}"
    return Finding(
        "terms", "likely", sentence(text), "Which of these terms does the chain rule give you?"
    )


def _column(evidence: Evidence, term: Any) -> list[Any]:
    cases = [evidence.case_set.cases[i] for i in evidence.ordinary]
    return [np.asarray(evidence.form.call(term, case.arguments)[0], float) for case in cases]


def _decomposed(columns: list[list[Any]], answers: list[Any]) -> dict[int, float] | None:
    """The smallest set of terms that gives these answers, with their coefficients, or None."""
    table = np.column_stack([_flat(column[::2]) for column in columns])
    held_back = np.column_stack([_flat(column[1::2]) for column in columns])
    target, check = _flat(answers[::2]), _flat(answers[1::2])
    if not np.isfinite([*target, *check]).all() or not np.isfinite(table).all():
        return None
    for count in range(1, MOST_TERMS + 1):
        for chosen in map(list, combinations(range(len(columns)), count)):
            part = table[:, chosen]
            if np.linalg.cond(part) > LARGEST_CONDITION:
                continue
            fitted = [_simple(c) for c in np.linalg.lstsq(part, target, rcond=None)[0]]
            fits = all(fitted) and _equal(part @ fitted, target)
            if fits and _equal(held_back[:, chosen] @ fitted, check):
                return dict(zip(chosen, map(float, fitted), strict=True))
    return None


def _flat(arrays: list[Any]) -> Any:
    return np.concatenate([np.ravel(np.asarray(array, float)) for array in arrays])


def _simple(coefficient: float) -> float:
    """The simple number that a coefficient is equal to, or 0 if there is none."""
    near = (s for s in SIMPLE_COEFFICIENTS if abs(abs(coefficient) - s) <= EXACT_FIT * s)
    return float(np.sign(coefficient)) * next(near, 0.0)


def _equal(a: Any, b: Any) -> bool:
    return bool(np.all(np.abs(a - b) <= EXACT_FIT * np.max(np.abs(b), initial=1e-30)))


def _in_words(coefficient: float, term: Any, first: bool = False) -> str:
    size = "" if abs(coefficient) == 1 else f"{abs(coefficient):g} "
    sign = "-" if coefficient < 0 else "" if first else "+"
    return f"{sign} {size}{inspect.getdoc(term)}".strip()


def _compared(actual: dict[int, float], right: dict[int, float], known: Any) -> str:
    """The differences between two sums in words, without the right terms."""
    extra = [k for k in actual if k not in right]
    turned = [k for k in actual if k in right and actual[k] == -right[k]]
    scaled = [k for k in actual if k in right and abs(actual[k]) != abs(right[k])]
    parts = [f"{inspect.getdoc(known[k])} does not belong" for k in extra]
    parts += [f"the sign of {inspect.getdoc(known[k])} is wrong" for k in turned]
    parts += [f"the factor of {inspect.getdoc(known[k])} is wrong" for k in scaled]
    if len(right) > len(actual) - len(extra) and not extra:
        parts.append("a term is missing")
    return f" In this sum, {', and '.join(parts)}." if parts else ""
