"""Find the results of a submission that a mutant reproduces.

A mutant reproduces a result if it behaves alike in everything: it gives the same answer to every
case, also where that is right, it raises exceptions in the same cases, and it changes its arguments
in the same cases. The same holds for cases that are in no case set. It does not count if it has a
further result wrong.
"""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from checker.cases.comparison import rows_words
from checker.cases.mutants import Mutant
from checker.cases.selection import Outcome
from checker.diagnosis.evidence import Evidence, is_right, same, smooth
from checker.diagnosis.limited import Lines

PROBES = 3  # cases that sort out most candidates
MOST_LINES_TOGETHER = 300_000  # of Python, in one search
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

    def found() -> list[int]:
        outcomes = evidence.outcomes(mutant)
        return [
            result
            for result in range(len(evidence.case_set.results))
            if any(_errs(evidence, i, outcomes[i][0], result) for i in evidence.ordinary)
        ]

    wrong: list[int] = evidence.case_set.remembered(("errors", mutant.name), found)
    return wrong


def possible(evidence: Evidence, mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """The mutants that may reproduce a wrong result, by what they answer to a few failing cases.

    The others need not be asked all cases.
    """
    probes = {result: _probes(evidence, result) for result in evidence.wrong}
    for mutant in mutants:
        for result, cases in probes.items():
            if all(agrees(evidence, i, evidence.outcome(mutant, i)[0], result) for i in cases):
                yield mutant
                break


def promising(evidence: Evidence, candidates: Iterable[Mutant]) -> Iterator[Mutant]:
    """The candidates that give the student's answers to a few failing cases.

    It is for candidates that are too many to be asked all cases, and that may run for ever.
    """
    probes = {result: cases for result in evidence.wrong if (cases := _probes(evidence, result))}
    left = MOST_LINES_TOGETHER

    def fits(mutant: Mutant, result: int, answers: dict[int, Outcome]) -> bool:
        nonlocal left
        for i in probes[result]:
            if i not in answers:
                answers[i], lines = _probed(evidence, mutant, i)
                left -= lines
            if not agrees(evidence, i, answers[i], result):
                return False
        return True

    for mutant in candidates if probes else ():
        answers: dict[int, Outcome] = {}
        if any(fits(mutant, result, answers) for result in probes):
            lines = Lines()
            ending = replace(mutant, call=lines.limited(mutant.call))
            evidence.outcomes(ending)  # which the consumer asks for anyway: its lines count too
            key = "lines", mutant.name
            left -= evidence.case_set.remembered(key, partial(getattr, lines, "run"))
            yield ending
        if left <= 0:
            return


def _probed(evidence: Evidence, mutant: Mutant, i: int) -> tuple[Outcome, int]:
    """The answer of a candidate to a case, and how many lines of Python that took.

    The lines are remembered too: how far a search comes may not depend on earlier submissions.
    """

    def asked() -> tuple[Outcome, int]:
        arguments, lines = copy.deepcopy(evidence.case_set.cases[i].arguments), Lines()
        try:
            with np.errstate(all="ignore"):
                answer = lines.limited(mutant.call)(arguments)
                return tuple(map(np.asarray, answer)), lines.run
        except Exception:  # a changed formula may do anything
            return None, lines.run

    found: tuple[Outcome, int] = evidence.case_set.remembered(("probe", mutant.name, i), asked)
    return found


def _probes(evidence: Evidence, result: int) -> list[int]:
    """A few cases of all sizes in which a result is a wrong array."""
    rights = {i: evidence.judged[i].right for i in evidence.ordinary}
    wrong = [i for i, right in rights.items() if right and not right[result]]
    failing = [i for i in wrong if evidence.got(i, result) is not None]
    return failing[:: max(1, len(failing) // PROBES)][:PROBES]


def thin(evidence: Evidence, result: int) -> bool:
    """Whether a result has too few different wrong answers to be sure of a cause."""
    wrong = set()
    for source in (evidence, evidence.elsewhere):
        for i in source.ordinary:
            right, got = source.judged[i].right, source.got(i, result)
            if not right or not right[result]:
                wrong.add((i, None) if got is None else got.tobytes())
    return len(wrong) < FEWEST_ERRORS


def agrees(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    """Whether a result of the student in case i is that of a mutant's answer."""
    got = evidence.got(i, result)
    if answer is None or got is None:
        return (answer is None and got is None) or _is_ragged_alike(evidence, i, answer, result)
    if len(answer) != len(evidence.case_set.results):
        return False
    case, expected = evidence.case_set.cases[i], np.asarray(answer[result])
    right, exact = case.results[result], smooth(case, result, expected.shape)
    judged = evidence.judged[i].right
    alike = expected.shape == np.shape(right.low)
    if alike and judged and not judged[result] and same(got, right.low, exact, right.bound):
        exact = np.ones_like(exact)  # it is wrong only where several values may be right
    return same(got, expected, exact, right.bound)


def _is_ragged_alike(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    """Whether rows of different lengths, where equal ones are expected, are as long as these."""
    results = evidence.judged[i].results
    if answer is None or not results or len(answer) <= result or np.ndim(answer[result]) != 2:
        return False
    lengths = (~np.isnan(answer[result])).sum(axis=1)
    return bool(results[result] == rows_words(lengths.tolist()))


def _same_answers(evidence: Evidence, mutant: Mutant, results: list[int]) -> bool:
    outcomes = evidence.outcomes(mutant)
    return all(agrees(evidence, i, outcomes[i][0], k) for k in results for i in evidence.ordinary)


def _same_changes(evidence: Evidence, mutant: Mutant) -> bool:
    """Whether a mutant changes its arguments in the same cases as the submission."""
    pairs = zip(evidence.outcomes(mutant), evidence.judged, strict=True)
    return all(changed == judgement.mutated for (_, changed), judgement in pairs)


def _errs(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    return (
        answer is not None
        and len(answer) == len(evidence.case_set.results)
        and not is_right(evidence.case_set.cases[i], result, np.asarray(answer[result]))
    )
