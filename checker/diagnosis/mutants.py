"""Find the mutants that give exactly the student's answers.

Each wrong result is looked up separately, because a function can have two mistakes. A mutant that
explains all wrong results is preferred to several mutants. A mutant does not count if it also has a
result wrong that the student has right. It must give the student's answers to held-out cases too.
"""

import numpy as np

from checker.cases.mutants import Mutant
from checker.cases.selection import Outcome
from checker.diagnosis.evidence import Evidence, is_right, same, smooth
from checker.diagnosis.finding import Finding


def look(evidence: Evidence) -> Finding | None:
    if not evidence.wrong:
        candidates = [(mutant, evidence.outcomes(mutant)) for mutant in evidence.mutants]
        return _mutating(evidence, candidates) or _unstable(evidence, candidates)
    explained: dict[int, list[Mutant]] = {result: [] for result in evidence.wrong}
    for generic in (False, True):  # the words of a written mutant are more exact
        for mutant in evidence.mutants:
            if mutant.generic == generic and mutant.kind != "unstable":
                for result in _reproduced(evidence, mutant):
                    explained.setdefault(result, []).append(mutant)
        solved = [result for result in evidence.wrong if explained[result]]
        if len(solved) == len(evidence.wrong):
            break
    if not solved:
        return None
    first = explained[solved[0]]
    common = [mutant for mutant in first if all(mutant in explained[r] for r in solved)]
    best = (common or first)[0]
    if common and len(solved) == len(evidence.wrong):
        return finding(best)
    others = [explained[result][0] for result in solved if best not in explained[result]]
    names = evidence.case_set.results
    also = [other.misconception for other in dict.fromkeys(others)]
    missing = [names[result] for result in evidence.wrong if result not in solved]
    if missing:
        also.append(f"The error in {' and '.join(missing)} has another cause.")
    return finding(best, tuple(also))


def finding(mutant: Mutant, also: tuple[str, ...] = ()) -> Finding:
    """A certain finding that names a mutant."""
    return Finding(mutant.name, "certain", mutant.misconception, mutant.hint, mutant.kind, also)


def _reproduced(evidence: Evidence, mutant: Mutant) -> list[int]:
    """The results that a mutant has wrong, if the student's answers are the same in all of them."""
    wrong = _wrong(evidence, mutant)
    if not wrong or not _same_answers(evidence, mutant, wrong):
        return []
    return wrong if _same_answers(evidence.elsewhere, mutant, wrong) else []


def _wrong(evidence: Evidence, mutant: Mutant) -> list[int]:
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


def _same_answers(evidence: Evidence, mutant: Mutant, results: list[int]) -> bool:
    outcomes = evidence.outcomes(mutant)
    return all(_agrees(evidence, i, outcomes[i][0], k) for k in results for i in evidence.ordinary)


def _errs(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    return (
        answer is not None
        and len(answer) == len(evidence.case_set.results)
        and not is_right(evidence.case_set.cases[i], result, np.asarray(answer[result]))
    )


def _agrees(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    """Whether a result of the student in case i is that of a mutant's answer."""
    got = evidence.got(i, result)
    if answer is None or got is None:
        return answer is None and got is None
    if len(answer) != len(evidence.case_set.results):
        return False
    expected = np.asarray(answer[result])
    return same(got, expected, smooth(evidence.case_set.cases[i], result, expected.shape))


def _unstable(
    evidence: Evidence, candidates: list[tuple[Mutant, list[tuple[Outcome, bool]]]]
) -> Finding | None:
    """The finding for an unstable mutant that gives the same answers to all cases."""
    everywhere = range(len(evidence.judged))
    for mutant, outcomes in candidates:
        if mutant.kind == "unstable" and all(
            _agrees(evidence, i, outcomes[i][0], result)
            for result in range(len(evidence.case_set.results))
            for i in everywhere
        ):
            return finding(mutant)
    return None


def _mutating(
    evidence: Evidence, candidates: list[tuple[Mutant, list[tuple[Outcome, bool]]]]
) -> Finding | None:
    """The finding for a mutant that changes its input in the same cases and is right otherwise.

    Without one, a mutant that changes it in further cases: a step of zero changes nothing.
    """
    mutated = [judgement.verdict == "mutates its input" for judgement in evidence.judged]
    if not any(mutated):
        return None
    changes = {mutant: [changed for _, changed in outcomes] for mutant, outcomes in candidates}
    same = (mutant for mutant, changed in changes.items() if changed == mutated)
    more = (m for m, changed in changes.items() if np.all(np.array(changed) >= mutated))
    best = next(same, None) or next(more, None)
    return finding(best) if best else None
