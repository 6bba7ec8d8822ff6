"""For draws: the known version whose draws break the same laws, and by as much.

Two draws of one law are both within its bounds, hence no farther apart than these. That is no
proof: what is found is likely, never certain.
"""

from typing import Any

import numpy as np

from checker.choice import Outcome
from checker.diagnosis.evidence import Evidence, Finding
from checker.mistakes import Entry

SEEDS = (
    Finding(
        "not_repeatable",
        "certain",
        "The same seed does not give the same draw again.",
        "What does your generator start from, and who else draws from it?",
    ),
    Finding(
        "seed_ignored",
        "certain",
        "Another seed gives the same draw.",
        "What does your generator start from?",
    ),
)


def look(evidence: Evidence) -> Finding | None:
    laws = len(evidence.bank.results) - len(SEEDS)
    if evidence.wrong and min(evidence.wrong) >= laws:
        return SEEDS[evidence.wrong[0] - laws]
    for entry in evidence.entries:
        if _like(evidence, entry) and _like(evidence.elsewhere, entry):
            return Finding(entry.name, "likely", entry.misconception, entry.hint, entry.kind)
    return None


def _like(evidence: Evidence, entry: Entry) -> bool:
    outcomes = evidence.outcomes(entry)
    return all(_alike(evidence, i, answer) for i, (answer, _) in enumerate(outcomes))


def _alike(evidence: Evidence, i: int, answer: Outcome) -> bool:
    wants = evidence.bank.cases[i].results
    gots = [evidence.got(i, k) for k in range(len(wants))]
    if answer is None or any(got is None for got in gots):
        return answer is None and all(got is None for got in gots)
    return all(map(_near, wants, gots, answer))


def _near(want: Any, got: Any, theirs: Any) -> bool:
    """Within the width of the bounds. It grows with a ratio, and with a count as its root."""
    if got.shape != theirs.shape:
        return False
    grown = np.maximum(1, np.abs(theirs) / np.where(want.high > 0, want.high, 1))
    allowed = (want.high - want.low) * np.where(want.low > 0, grown, np.sqrt(grown))
    alike = (np.abs(got - theirs) <= allowed) | (got == theirs)
    return bool(np.all(alike | (np.isnan(got) & np.isnan(theirs))))
