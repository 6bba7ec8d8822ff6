"""Find an argument that makes no difference: the answers stay as they are if it changes."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.cases.case_set import Case
from checker.cases.rounding_stability import JUMP
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.properties import asked

ASKED = 16  # changed cases for each argument
FEWEST = 4  # of them, if there are no more in which the right answer changes


def look(evidence: Evidence) -> Finding | None:
    settings = {a.name for a in evidence.spec.arguments if a.tried}
    for at, part in enumerate(evidence.form.arguments):
        if part.name in settings and _is_unused(evidence, at):
            words = f"The argument {part.name} makes no difference to your results."
            hint = f"Where does {part.name} appear in the formula, and where in your function?"
            return Finding("unused_argument", "observed", words, hint)
    return None


def _is_unused(evidence: Evidence, at: int) -> bool:
    """Whether the student's answers are the same with other values, and the right ones are not."""
    cases = {i: evidence.case_set.cases[i] for i in evidence.ordinary}
    pairs = [(i, other) for i, case in cases.items() for other in _changed(evidence, case, at)]
    pairs = pairs[:: max(1, len(pairs) // ASKED)][:ASKED]
    count = len(evidence.case_set.results)
    pairs = [(i, other) for i, other in pairs if _is_finite(evidence, i)]  # nan hides what is used
    answers = asked(evidence, [other for _, other in pairs])
    return len(answers) == len(pairs) >= FEWEST and all(
        np.array_equal(np.asarray(answer[k]), got, equal_nan=True)
        for (i, _), answer in zip(pairs, answers, strict=True)
        for k in range(count)
        if (got := evidence.got(i, k)) is not None
    )


def _is_finite(evidence: Evidence, i: int) -> bool:
    results = (evidence.got(i, k) for k in range(len(evidence.case_set.results)))
    return all(
        got is None or (got.dtype.kind in "biuf" and np.isfinite(got).all()) for got in results
    )


def _changed(evidence: Evidence, case: Case, at: int) -> Iterator[list[Any]]:
    """The arguments with each other value of a setting, where the right answer is another one."""
    value = case.arguments[at]
    others = {repr(c.arguments[at]): c.arguments[at] for c in evidence.case_set.cases}
    for other in others.values():
        if other == value or type(other) is not type(value):
            continue
        changed = [*case.arguments[:at], other, *case.arguments[at + 1 :]]
        try:
            right = evidence.form.answers(changed)
        except (ValueError, IndexError, ArithmeticError):
            continue
        if any(
            was.low.shape != np.shape(now.low) or np.any(np.abs(was.low - now.low) > JUMP)
            for was, now in zip(case.results, right, strict=True)
        ):
            yield changed
