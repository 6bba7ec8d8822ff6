"""The points of a task, and how they come about: each of its results earns its own share."""

from collections.abc import Mapping, Sequence

from checker.cases.case_set import Case, CaseSet
from checker.cases.judge import Judgement
from checker.course.marks import DIGITS

Shares = Mapping[str, float]  # of the points, for a verdict; any other verdict is worth nothing


def of_results(shares: Shares, case_set: CaseSet, judged: Sequence[Judgement]) -> tuple[str, ...]:
    """The verdict on each result over all cases: the one that earns least.

    Statistical tests are no results of their own: one that fails fails the sample.
    """
    count = len(case_set.results)
    rows = [_verdicts(c, j, count) for c, j in zip(case_set.cases, judged, strict=True)]
    worst = [_least(column, shares) for column in zip(*rows, strict=True)]
    return (_least(worst, shares),) if case_set.measured else tuple(worst)


def earned(points: float, credit: str, shares: Shares, results: Sequence[str]) -> tuple[float, str]:
    """The points for these verdicts on the results, and how they come about.

    Nothing is said where all or none of the points are earned. If `credit` is "all", the result
    that earns least decides.
    """
    if credit == "all":
        results = [_least(results, shares)]
    total, count = sum(shares.get(verdict, 0.0) for verdict in results), len(results)
    score = round(points * total / count, DIGITS)
    if total in (0, count):
        return score, ""
    if count == 1:
        return score, f"{total:g} of the points"
    partly = [v for v in dict.fromkeys(results) if 0 < shares.get(v, 0.0) < 1]
    each = "".join(f" ({shares[verdict]:g} each: {verdict})" for verdict in partly)
    return score, f"{total:g} of {count} results{each}"


def _least(verdicts: Sequence[str], shares: Shares) -> str:
    """The verdict that is worth least."""
    return min(verdicts, key=lambda verdict: shares.get(verdict, 0.0))


def _verdicts(case: Case, judgement: Judgement, count: int) -> list[str]:
    """The verdict on each result in one case."""
    right = judgement.right or (False,) * count
    reshaped = judgement.reshaped or (False,) * count
    if_right = "mutates its input" if judgement.mutated else "right"
    if_wrong = "unstable" if case.extreme else "wrong"
    return [
        if_right if is_right else "other shape" if is_reshaped else if_wrong
        for is_right, is_reshaped in zip(right, reshaped, strict=True)
    ]
