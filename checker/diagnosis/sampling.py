"""The diagnosis of a sampler: find a mutant whose samples fail the same statistical tests.

Two samples of the same distribution give measurements that differ by at most the width of the
test's interval. This is no proof, so such a finding is likely and never certain.
"""

from typing import Any

import numpy as np

from checker.cases.mutants import Mutant
from checker.cases.selection import Outcome
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding

SEED_FINDINGS = (
    Finding(
        "not_repeatable",
        "certain",
        "The same seed does not give the same sample again.",
        "What is your generator seeded with, and what else uses it?",
    ),
    Finding(
        "seed_ignored",
        "certain",
        "Another seed gives the same sample.",
        "What is your generator seeded with?",
    ),
)


def look(evidence: Evidence) -> Finding | None:
    first_seed_test = len(evidence.case_set.results) - len(SEED_FINDINGS)
    if evidence.wrong and min(evidence.wrong) >= first_seed_test:
        return SEED_FINDINGS[evidence.wrong[0] - first_seed_test]
    for mutant in evidence.mutants:
        if _similar(evidence, mutant) and _similar(evidence.elsewhere, mutant):
            return Finding(mutant.name, "likely", mutant.misconception, mutant.hint, mutant.kind)
    return None


def _similar(evidence: Evidence, mutant: Mutant) -> bool:
    """Whether the measurements on the samples of a mutant are near the student's in every case."""
    outcomes = evidence.outcomes(mutant)
    return all(_similar_answer(evidence, i, answer) for i, (answer, _) in enumerate(outcomes))


def _similar_answer(evidence: Evidence, i: int, answer: Outcome) -> bool:
    wants = evidence.case_set.cases[i].results
    gots = [evidence.got(i, k) for k in range(len(wants))]
    if answer is None or any(got is None for got in gots):
        return answer is None and all(got is None for got in gots)
    return all(map(_near, wants, gots, answer))


def _near(want: Any, got: Any, other: Any) -> bool:
    """Whether two measurements differ by at most the width of the interval.

    A mutant's measurement may be far above the interval. The width is then scaled: linearly for a
    ratio, and with the square root for a count, as the standard deviation is.
    """
    if got.shape != other.shape:
        return False
    scale = np.maximum(1, np.abs(other) / np.where(want.high > 0, want.high, 1))
    allowed = (want.high - want.low) * np.where(want.low > 0, scale, np.sqrt(scale))
    near = (np.abs(got - other) <= allowed) | (got == other)
    return bool(np.all(near | (np.isnan(got) & np.isnan(other))))
