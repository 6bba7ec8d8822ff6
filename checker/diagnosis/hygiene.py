"""What is wrong with any function, whatever it computes: other answers when asked again."""

import numpy as np

from checker.diagnosis.evidence import Evidence, Finding

ASKED_AGAIN = 3


def look(evidence: Evidence) -> Finding | None:
    cases = [i for i in evidence.ordinary if evidence.judged[i].results][:ASKED_AGAIN]
    twice = [*cases, *cases]  # the second time right after the first, from nearly the same state
    calls = [evidence.bank.cases[i].arguments for i in twice]
    replies = evidence.ask(evidence.task.function, len(evidence.bank.results), calls)
    for i, reply in zip(twice, replies, strict=False):
        if reply[0] == "returned" and not _alike(evidence.judged[i].results, reply[1]):
            return Finding(
                "answers_differ",
                "certain",
                "Asked the same question twice, it gives two different answers.",
                "Is something drawn at random inside, or kept from one call to the next?",
            )
    return None


def _alike(before: tuple[object, ...], after: list[object]) -> bool:
    return len(before) == len(after) and all(
        not isinstance(a, np.ndarray)
        or not isinstance(b, np.ndarray)
        or np.array_equal(a, b, equal_nan=True)
        for a, b in zip(before, after, strict=True)
    )
