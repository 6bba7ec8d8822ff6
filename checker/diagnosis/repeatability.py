"""Find out that a function gives different results for the same arguments."""

import numpy as np

from checker.cases.judge import judge
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.sandbox.messages import Returned

REPEATED_CASES = 3  # the smallest, and as many that fail


def look(evidence: Evidence) -> Finding | None:
    answered = [i for i in evidence.ordinary if evidence.judged[i].results]
    failing = [i for i in answered if not all(evidence.judged[i].right)]
    some = failing[:: max(1, len(failing) // REPEATED_CASES)][:REPEATED_CASES]
    cases = sorted({*answered[:REPEATED_CASES], *some})
    twice = [*cases, *cases]  # the state of the submission may differ between the two rounds
    calls = [evidence.case_set.cases[i].arguments for i in twice]
    replies = evidence.ask(evidence.task.function, len(evidence.case_set.results), calls)
    for i, reply in zip(twice, replies, strict=False):
        again = judge(evidence.case_set.cases[i], reply)
        if isinstance(reply, Returned) and not _alike(evidence.judged[i].results, again.results):
            return Finding(
                "answers_differ",
                "certain",
                "Called twice with the same arguments, it gives two different results.",
                "Does it use random numbers, or keep a value from one call to the next?",
            )
    return None


def _alike(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    return len(before) == len(after) and all(
        not isinstance(a, np.ndarray)
        or not isinstance(b, np.ndarray)
        or np.array_equal(a, b, equal_nan=True)
        for a, b in zip(before, after, strict=True)
    )
