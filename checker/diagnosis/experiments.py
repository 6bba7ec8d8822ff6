"""The diagnosis of an experiment: the mutant that shows the same, or the first thing that is off.

Everybody chooses other units, rates and epochs, so no submission measures quite as a mutant. A
mutant is named if it measures the same in all cases, or if it fails the same tests by nearly the
same measurements and no other one comes near. It is never certain: another way may lead there. If
no mutant is named, the finding is that of the last test that fails: the special ones come last.
Measurements that are nan tell nothing but that the training ran away.

The docstring of a test has three paragraphs: what is asked, what was measured, and then a sentence
that is the finding, with the hint.
"""

import numpy as np

from checker.cases.forms.experiment import paragraphs
from checker.cases.mutants import Mutant
from checker.cases.selection import clearly_off
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.numerics.equations import Array

EQUAL = 1e-6  # other libraries round differently
NEAR = (0.25, 0.05)  # relative and absolute
RIVAL = (0.75, 0.15)  # so near, another mutant may be meant as well

SEED_FINDINGS = (
    Finding(
        "not_repeatable",
        "certain",
        "Something random does not come from the seed.",
        "Which lines draw random numbers, and from which generator?",
    ),
    Finding(
        "seed_ignored",
        "certain",
        "The seed has no effect.",
        "What is your generator seeded with, and which numbers does it draw?",
    ),
)

RUN_AWAY = Finding(
    "ran_away",
    "observed",
    "The training runs away: its results contain nan or inf.",
    "Does each step go down the gradient, and is the learning rate small enough?",
)


def look(evidence: Evidence) -> Finding | None:
    own = len(evidence.spec.properties)
    if not evidence.wrong:
        return None
    if all(result >= own for result in evidence.wrong):
        return SEED_FINDINGS[evidence.wrong[0] - own]
    return _ran_away(evidence) or _mutant(evidence) or _hint(evidence)


def _ran_away(evidence: Evidence) -> Finding | None:
    """Whether a measurement is nan, in a case that was measured at all."""
    measured = [row for row in _table(evidence) if not np.isnan(row).all()]
    return RUN_AWAY if np.isnan(measured).any() else None


def _mutant(evidence: Evidence) -> Finding | None:
    """The mutant that measures the same, or else the only one that is near."""
    pairs = [(mutant, _measured(evidence, mutant)) for mutant in evidence.mutants]
    equal, near, rivals = (
        [mutant for mutant, theirs in pairs if _is_near(evidence, theirs, *distance)]
        for distance in ((EQUAL, EQUAL), NEAR, RIVAL)
    )
    found = equal or near
    if not found or len({mutant.misconception for mutant in equal or rivals}) != 1:
        return None
    mutant = found[0]
    return Finding(mutant.name, "likely", mutant.misconception, mutant.hint, mutant.kind)


def _is_near(evidence: Evidence, theirs: Array, relative: float, absolute: float) -> bool:
    """Whether the same tests fail, by nearly the same measurements in each case."""
    mine = _table(evidence)
    failing = _failing(evidence, mine)
    if (failing != _failing(evidence, theirs)).any():
        return False
    pair = mine[:, failing], theirs[:, failing]
    return bool(np.allclose(*pair, rtol=relative, atol=absolute, equal_nan=True))


def _table(evidence: Evidence) -> Array:
    """What the submission measures in each case, apart from the seeds; nan if it does not."""
    rows = range(len(evidence.case_set.cases))
    own = range(len(evidence.spec.properties))
    got = [[evidence.got(i, k) for k in own] for i in rows]
    return np.array([[np.nan if x is None else float(x) for x in row] for row in got])


def _measured(evidence: Evidence, mutant: Mutant) -> Array:
    """The same of a mutant, remembered for other submissions."""
    own = len(evidence.spec.properties)
    answers = [answer for answer, _ in evidence.outcomes(mutant)]
    rows = [[np.nan] * own if a is None else [float(x) for x in a[:own]] for a in answers]
    return np.array(rows)


def _failing(evidence: Evidence, table: Array) -> Array:
    """Which tests fail in any case."""
    failed = [
        [clearly_off([want], (np.asarray(x),)) for want, x in zip(case.results, row, strict=False)]
        for case, row in zip(evidence.case_set.cases, table, strict=True)
    ]
    return np.asarray(np.any(failed, axis=0))


def _hint(evidence: Evidence) -> Finding | None:
    """The finding of the last test that fails, if anything could be measured."""
    table = _table(evidence)
    failed = np.flatnonzero(_failing(evidence, table))
    if np.isnan(table).all() or not failed.size:
        return None
    test = evidence.spec.properties[failed[-1]]
    words, _, hint = paragraphs(test)[2].partition(". ")
    return Finding(test.__name__, "observed", f"{words}.", hint)
