"""Find out that answers are nearly right: rounded, or off by a small share in every case."""

from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, sentence, smooth
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import thin

DECIMALS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
EXACT_DECIMALS = 1e-6  # relative: numbers may be rounded in single precision
LARGEST_ERROR = 0.01  # relative to the largest entry of all results of a case
SMALLEST_ERROR = 1e-9
WIDESPREAD = 0.7  # of the cases whose right result is not zero


def look(evidence: Evidence) -> Finding | None:
    known = [result for result in evidence.wrong if not thin(evidence, result)]
    rounded = (_rounded(evidence, result) for result in known)
    return next((finding for finding in rounded if finding), None) or _off(evidence, known)


def _rounded(evidence: Evidence, result: int) -> Finding | None:
    for decimals, words in DECIMALS.items():
        if all(_has(e, result, decimals) for e in (evidence, evidence.elsewhere)):
            name = evidence.case_set.results[result]
            text = sentence(f"{name} is rounded to {words} decimal{'s' * (decimals > 1)}.")
            hint = "Return numbers as they are. Where is a number rounded that is only shown?"
            return Finding("rounded", "likely", text, hint, results=(result,))
    return None


def _has(evidence: Evidence, result: int, decimals: int) -> bool:
    """Whether all answers are the right ones with so many decimals, rounded or cut off."""
    unit = 10.0**-decimals
    for i in evidence.ordinary:
        want, got = evidence.case_set.cases[i].results[result], evidence.got(i, result)
        if got is None or got.shape != want.low.shape or not np.isfinite(got).all():
            return False
        count = got.astype(float) / unit
        if np.any(np.abs(count - np.round(count)) > EXACT_DECIMALS * np.maximum(1, np.abs(count))):
            return False
        if np.any((got < want.low - unit - want.bound) | (got > want.high + unit + want.bound)):
            return False
    return True


def _off(evidence: Evidence, results: list[int]) -> Finding | None:
    """The finding that results are off by a small share, about all such results."""
    errors = {result: _errors(evidence, result) for result in results}
    near = [result for result in results if _is_near(errors[result])]
    if not near:
        return None
    counted = [error for result in near for error in errors[result]]
    off = [error for error in counted if error > SMALLEST_ERROR]
    size = f"{100 * float(np.median(off)):.1g}"
    causes = "is a constant rounded, such as 3.14 for pi, or a small number added"
    if evidence.form.backward:
        causes = "is a difference taken for a derivative, or a constant rounded"
    names = [evidence.case_set.results[result] for result in near]
    who = f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"
    every = "every case" if len(off) == len(counted) else "nearly every case"
    text = sentence(f"{who} off by about {size} % in {every}: {causes}?")
    hint = "Which numbers in your function are not exact?"
    return Finding("nearly_right", "likely", text, hint, results=(*near,))


def _errors(evidence: Evidence, result: int) -> list[float]:
    """The errors in all cases that have a size; nothing if there is a wrong shape or a nan."""
    sources = (evidence, evidence.elsewhere)
    errors = [_error(source, i, result) for source in sources for i in source.ordinary]
    known = [error for error in errors if error is not None]
    return [error for error in known if error >= 0] if len(known) == len(errors) else []


def _is_near(errors: list[float]) -> bool:
    """Whether no error is large, and most are there."""
    off = sum(error > SMALLEST_ERROR for error in errors)
    return bool(off) and off >= WIDESPREAD * len(errors) and max(errors) <= LARGEST_ERROR


def _error(evidence: Evidence, i: int, result: int) -> float | None:
    """The largest error, relative to the largest entry of all results; -1 where all are zero.

    It is None where the answer is no array of the right shape, or not finite.
    """
    case, got = evidence.case_set.cases[i], evidence.got(i, result)
    want: Any = case.results[result].low
    if got is None or got.shape != want.shape:
        return None
    if not (np.isfinite(got).all() and np.isfinite(want).all()):
        return None
    size = max(float(np.abs(each.low).max(initial=0)) for each in case.results)
    error = float(np.abs(got - want).max(initial=0, where=smooth(case, result, want.shape)))
    return error / size if size and np.isfinite(size) else -1.0
