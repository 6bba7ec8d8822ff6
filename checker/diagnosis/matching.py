"""Find the results of a submission that a mutant reproduces.

A mutant reproduces a result if it behaves alike in everything: it gives the same answer to every
case, also where that is right, it raises exceptions in the same cases, and it changes its arguments
in the same cases. The same holds for cases that are in no case set. It does not count if it has a
further result wrong.
"""

import copy
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from checker.cases.mutants import Mutant
from checker.cases.selection import Outcome
from checker.diagnosis.evidence import Evidence, is_right, same, smooth

PROBES = 3  # cases that sort out most candidates
FEWEST_ERRORS = 4  # different wrong answers: fewer are thin evidence


def reproduced(evidence: Evidence, mutant: Mutant) -> list[int]:
    """The results that a mutant has wrong, if the student's answers are the same in all of them."""
    wrong = errors(evidence, mutant)
    if not wrong or not _same_answers(evidence, mutant, wrong):
        return []
    elsewhere = evidence.elsewhere
    alike = _same_answers(elsewhere, mutant, wrong) and _same_changes(elsewhere, mutant)
    return wrong if alike else []


def errors(evidence: Evidence, mutant: Mutant) -> list[int]:
    """The results that a mutant has wrong, cached because they do not depend on the submission."""
    cache = evidence.case_set.wrong_results
    if mutant.name not in cache:
        outcomes = evidence.outcomes(mutant)
        cache[mutant.name] = [
            result
            for result in range(len(evidence.case_set.results))
            if any(_errs(evidence, i, outcomes[i][0], result) for i in evidence.ordinary)
        ]
    return cache[mutant.name]


def promising(evidence: Evidence, candidates: Iterable[Mutant]) -> Iterator[Mutant]:
    """The candidates that give the student's answers to a few failing cases.

    It is for candidates that are too many to be asked all cases.
    """
    probes = [_probes(evidence, result) for result in evidence.wrong]
    for mutant in candidates:
        answers: dict[int, Outcome] = {}
        if any(_fits(evidence, mutant, result, cases, answers) for result, cases in probes):
            yield mutant


def _probes(evidence: Evidence, result: int) -> tuple[int, list[int]]:
    """A few cases of all sizes in which a result is wrong."""
    rights = {i: evidence.judged[i].right for i in evidence.ordinary}
    failing = [i for i, right in rights.items() if right and not right[result]]
    return result, failing[:: max(1, len(failing) // PROBES)][:PROBES]


def _fits(
    evidence: Evidence, mutant: Mutant, result: int, cases: list[int], answers: dict[int, Outcome]
) -> bool:
    for i in cases:
        if i not in answers:
            answers[i] = _answer(mutant, evidence.case_set.cases[i].arguments)
        if not agrees(evidence, i, answers[i], result):
            return False
    return bool(cases)


def _answer(mutant: Mutant, arguments: list[Any]) -> Outcome:
    """The answer of a mutant, without a look at what it does to its arguments."""
    try:
        with np.errstate(all="ignore"):
            return tuple(map(np.asarray, mutant.call(copy.deepcopy(arguments))))
    except Exception:  # a changed formula may do anything
        return None


def thin(evidence: Evidence, result: int) -> bool:
    """Whether a result has too few different wrong answers to be sure of a cause."""
    wrong = set()
    for source in (evidence, evidence.elsewhere):
        for i in source.ordinary:
            got = source.got(i, result)
            if got is None or not is_right(source.case_set.cases[i], result, got):
                wrong.add((i, None) if got is None else got.tobytes())
    return len(wrong) < FEWEST_ERRORS


def agrees(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    """Whether a result of the student in case i is that of a mutant's answer."""
    got = evidence.got(i, result)
    if answer is None or got is None:
        return answer is None and got is None
    if len(answer) != len(evidence.case_set.results):
        return False
    case, expected = evidence.case_set.cases[i], np.asarray(answer[result])
    exact = smooth(case, result, expected.shape)
    return same(got, expected, exact, case.results[result].bound)


def _same_answers(evidence: Evidence, mutant: Mutant, results: list[int]) -> bool:
    outcomes = evidence.outcomes(mutant)
    return all(agrees(evidence, i, outcomes[i][0], k) for k in results for i in evidence.ordinary)


def _same_changes(evidence: Evidence, mutant: Mutant) -> bool:
    """Whether a mutant changes its arguments in the same cases as the submission."""
    changes = [changed for _, changed in evidence.outcomes(mutant)]
    return all(a == b for a, b in zip(changes, evidence.changed, strict=False))


def _errs(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    return (
        answer is not None
        and len(answer) == len(evidence.case_set.results)
        and not is_right(evidence.case_set.cases[i], result, np.asarray(answer[result]))
    )
