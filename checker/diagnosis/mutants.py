"""Find the mutants that give exactly the student's answers.

Each wrong result is looked up separately, because a function can have two mistakes. A mutant that
explains all wrong results is preferred to several mutants. A finding is certain only if no other
mutant explains the answers as well and if enough different answers are wrong.
"""

import numpy as np

from checker.cases.mutants import Mutant
from checker.cases.selection import Outcome
from checker.diagnosis import changed_arguments, changed_results
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import agrees, possible, reproduced, thin

Candidates = list[tuple[Mutant, list[tuple[Outcome, bool]]]]


def look(evidence: Evidence) -> Finding | None:
    if not evidence.wrong:
        candidates = [(mutant, evidence.outcomes(mutant)) for mutant in evidence.mutants]
        return _mutating(evidence, candidates) or _unstable(evidence, candidates)
    explained: dict[int, list[Mutant]] = {result: [] for result in evidence.wrong}
    for generic in (False, True):  # the words of a written mutant are more exact
        asked = (m for m in evidence.mutants if m.generic == generic and m.kind != "unstable")
        for mutant in possible(evidence, asked):
            for result in reproduced(evidence, mutant):
                explained.setdefault(result, []).append(mutant)
        solved = [result for result in evidence.wrong if explained[result]]
        if len(solved) == len(evidence.wrong):
            break
    if not solved:
        return None
    first = explained[solved[0]]
    common = [mutant for mutant in first if all(mutant in explained[r] for r in solved)]
    best, *rivals = _by_words(common or first)
    rivals = [] if best.kind == "convention" else rivals
    if rivals and not best.generic:
        rival = f"It may also be this: {rivals[0].misconception}"
        return finding(best, "likely", (rival,), tuple(solved))
    rival = ""
    others = [explained[result][0] for result in solved if best not in explained[result]]
    also = tuple(other.misconception for other in dict.fromkeys(others))
    if best.generic:
        rival = changed_results.by_an_argument(evidence, solved[0])
        other = None if rival else changed_arguments.exchanged(evidence)
        rival = other.misconception if other else rival
        also = (f"It may also be this: {rival}", *also) if rival else also
    partly = solved != evidence.wrong or len(others) > 0
    doubtful = thin(evidence, solved[0]) or partly or rival
    certainty = "likely" if doubtful else "certain"
    return finding(best, certainty, also, tuple(solved))


def finding(
    mutant: Mutant, certainty: str, also: tuple[str, ...] = (), results: tuple[int, ...] = ()
) -> Finding:
    """A finding that names a mutant."""
    return Finding(
        mutant.name, certainty, mutant.misconception, mutant.hint, mutant.kind, also, results
    )


def _by_words(matching: list[Mutant]) -> list[Mutant]:
    """One mutant for each misconception. A convention comes first: it costs no points."""
    first: dict[str, Mutant] = {}
    for mutant in sorted(matching, key=lambda m: (m.generic, m.kind != "convention")):
        first.setdefault(mutant.misconception, mutant)
    return list(first.values())


def _unstable(evidence: Evidence, candidates: Candidates) -> Finding | None:
    """The finding for an unstable mutant that gives the same answers to all cases."""
    everywhere = range(len(evidence.judged))
    for mutant, outcomes in candidates:
        if mutant.kind == "unstable" and all(
            agrees(evidence, i, outcomes[i][0], result)
            for result in range(len(evidence.case_set.results))
            for i in everywhere
        ):
            return finding(mutant, "certain")
    return None


def _mutating(evidence: Evidence, candidates: Candidates) -> Finding | None:
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
    return finding(best, "certain") if best else None
