"""Find out that only extreme inputs fail, and what kind of extreme input it is."""

import numpy as np

from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding

FAILING_VERDICTS = ("wrong", "crashed")


def look(evidence: Evidence) -> Finding | None:
    if any(evidence.judged[i].verdict in FAILING_VERDICTS for i in evidence.ordinary):
        return None
    failing = [
        i
        for i, case in enumerate(evidence.case_set.cases)
        if case.extreme and evidence.judged[i].verdict in FAILING_VERDICTS
    ]
    if not failing:
        return None
    edges = all(
        np.isinf(r.bound).all() for i in failing for r in evidence.case_set.cases[i].results
    )
    which = "probabilities of exactly 0 and 1" if edges else "numbers around 1000"
    return Finding(
        "extreme_inputs",
        "observed",
        f"It is right for ordinary inputs, but it fails for {which}.",
        "Compute one such case by hand, step by step. Which step first gives inf or nan?",
    )
