"""The library: which known version of the operation gives exactly the student's answers.

Each wrong result is looked up by itself, since one function can hold two mistakes. A version that
explains all of them at once is preferred to one for each, and none counts that would also spoil a
result which the student has right. What explains the bank must explain cases beyond it as well.
"""

import numpy as np

from checker.choice import Outcome
from checker.diagnosis.evidence import Evidence, Finding, is_right, same, smooth
from checker.mistakes import Entry


def look(evidence: Evidence) -> Finding | None:
    if not evidence.wrong:
        candidates = [(entry, evidence.outcomes(entry)) for entry in evidence.entries]
        return _mutating(evidence, candidates) or _unstable(evidence, candidates)
    explained: dict[int, list[Entry]] = {result: [] for result in evidence.wrong}
    for entry in evidence.entries:
        if entry.kind != "unstable":
            for result in _reproduced(evidence, entry):
                explained.setdefault(result, []).append(entry)
    found = [result for result in evidence.wrong if explained[result]]
    if not found:
        return None
    first = explained[found[0]]
    common = [e for e in first if all(e in explained[result] for result in found)]
    entry = (common or first)[0]
    if common and len(found) == len(evidence.wrong):
        return finding(entry)
    others = [explained[result][0] for result in found if entry not in explained[result]]
    names = evidence.bank.results
    also = [other.misconception for other in dict.fromkeys(others)]
    missing = [names[result] for result in evidence.wrong if result not in found]
    if missing:
        also.append(f"What is wrong with {' and '.join(missing)} is another matter.")
    return finding(entry, tuple(also))


def finding(entry: Entry, also: tuple[str, ...] = ()) -> Finding:
    return Finding(entry.name, "certain", entry.misconception, entry.hint, entry.kind, also)


def _reproduced(evidence: Evidence, entry: Entry) -> list[int]:
    """The results that this version has wrong, if the student has the same in every one of them."""
    wrong = _wrong(evidence, entry)
    if not wrong or not _same_answers(evidence, entry, wrong):
        return []
    return wrong if _same_answers(evidence.elsewhere, entry, wrong) else []


def _wrong(evidence: Evidence, entry: Entry) -> list[int]:
    """Whoever handed it in, a known version has the same results wrong."""
    looked, name = evidence.bank.erring, (entry.function.__module__, entry.name)
    if name not in looked:
        outcomes = evidence.outcomes(entry)
        looked[name] = [
            result
            for result in range(len(evidence.bank.results))
            if any(_errs(evidence, i, outcomes[i][0], result) for i in evidence.ordinary)
        ]
    return looked[name]


def _same_answers(evidence: Evidence, entry: Entry, results: list[int]) -> bool:
    outcomes = evidence.outcomes(entry)
    return all(_agrees(evidence, i, outcomes[i][0], k) for k in results for i in evidence.ordinary)


def _errs(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    return (
        answer is not None
        and len(answer) == len(evidence.bank.results)
        and not is_right(evidence.bank.cases[i], result, np.asarray(answer[result]))
    )


def _agrees(evidence: Evidence, i: int, answer: Outcome, result: int) -> bool:
    got = evidence.got(i, result)
    if answer is None or got is None:
        return answer is None and got is None
    if len(answer) != len(evidence.bank.results):
        return False
    expected = np.asarray(answer[result])
    return same(got, expected, smooth(evidence.bank.cases[i], result, expected.shape))


def _unstable(
    evidence: Evidence, candidates: list[tuple[Entry, list[tuple[Outcome, bool]]]]
) -> Finding | None:
    """Right on ordinary inputs, and on all others the same nan and inf as a known version."""
    everywhere = range(len(evidence.judged))
    for entry, outcomes in candidates:
        if entry.kind == "unstable" and all(
            _agrees(evidence, i, outcomes[i][0], result)
            for result in range(len(evidence.bank.results))
            for i in everywhere
        ):
            return finding(entry)
    return None


def _mutating(
    evidence: Evidence, candidates: list[tuple[Entry, list[tuple[Outcome, bool]]]]
) -> Finding | None:
    """A known version that is right and spoils its input in the same cases."""
    spoilt = [judgement.verdict == "mutates its input" for judgement in evidence.judged]
    for entry, outcomes in candidates:
        if [changed for _, changed in outcomes] == spoilt and any(spoilt):
            return finding(entry)
    return None
