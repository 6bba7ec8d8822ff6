"""A counterexample that a new session shows, if answers depend on earlier calls.

In a new session the first call may well be right. The second one, with the same inputs, is wrong if
something of the first was kept.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from checker.cases.case_set import Case, CaseSet
from checker.cases.counterexample import Counterexample, counterexample
from checker.cases.judge import Judgement, judge
from checker.diagnosis.finding import Finding
from checker.sandbox.messages import Ask

MOST_TRIED = 4  # cases: each needs a new process
CALLS = 2


def counterexample_of_first_calls(
    function: str,
    case_set: CaseSet,
    judged: list[Judgement],
    new: Callable[[], AbstractContextManager[Ask]],
) -> Counterexample | None:
    """The first failing case that fails in a `new` session too, with the number of calls."""
    wrong = [case for case, j in zip(case_set.cases, judged, strict=True) if j.verdict == "wrong"]
    for case in wrong[:: max(1, len(wrong) // MOST_TRIED)][:MOST_TRIED]:  # of all sizes
        with new() as ask:
            replies = ask(function, len(case_set.results), [case.arguments] * CALLS)
        for calls, reply in enumerate(replies, 1):
            judgement = judge(case, reply)
            if judgement.verdict == "wrong":
                return _shown(case_set, case, judgement, len(wrong), calls)
    return None


def kept(
    function: str, case_set: CaseSet, case: Case, new: Callable[[], AbstractContextManager[Ask]]
) -> Finding | None:
    """That a wrong answer is right in a `new` session: it comes from an earlier call."""
    with new() as ask:
        replies = ask(function, len(case_set.results), [case.arguments])
    if [judge(case, reply).verdict for reply in replies] != ["right"]:
        return None
    return Finding(
        "value_kept",
        "certain",
        "In a new session this very call is right: a value of an earlier call is still there.",
        "What outlives a call in your code: a variable of the file or of a class, or a default "
        "such as result=[]?",
    )


def _shown(
    case_set: CaseSet, case: Case, judgement: Judgement, failing: int, calls: int
) -> Counterexample:
    shown = counterexample(case_set, case, judgement, failing)
    shown["calls"] = calls
    if calls == 1:
        del shown["calls"]
    return shown
