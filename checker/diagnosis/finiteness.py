"""Right on ordinary inputs, and not on extreme ones: what those have in common."""

import numpy as np

from checker.diagnosis.evidence import Evidence, Finding

FAILED = ("wrong", "crashed")


def look(evidence: Evidence) -> Finding | None:
    if any(evidence.judged[i].verdict in FAILED for i in evidence.ordinary):
        return None
    failing = [
        i
        for i, case in enumerate(evidence.bank.cases)
        if case.extreme and evidence.judged[i].verdict in FAILED
    ]
    if not failing:
        return None
    edges = all(np.isinf(r.bound).all() for i in failing for r in evidence.bank.cases[i].results)
    which = "probabilities of exactly 0 and 1" if edges else "numbers around a thousand"
    return Finding(
        "extreme_inputs",
        "observed",
        f"It is right for ordinary inputs, and fails for {which}.",
        "Compute one such case by hand, step by step. Which step is no longer a number?",
    )
