"""Find out that only extreme inputs fail, and what kind of extreme input it is."""

import numpy as np

from checker.cases.pool import largest_number
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding

FAILING_VERDICTS = ("wrong", "crashed")


def look(evidence: Evidence) -> Finding | None:
    if any(evidence.judged[i].verdict in FAILING_VERDICTS for i in evidence.ordinary):
        return None
    failing = [
        case
        for case, judgement in zip(evidence.case_set.cases, evidence.judged, strict=True)
        if case.extreme and judgement.verdict in FAILING_VERDICTS
    ]
    if not failing:
        return None
    size = min(map(largest_number, failing))
    edges = all(np.isinf(result.bound).all() for case in failing for result in case.results)
    ends = "probabilities of exactly 0 and 1"
    which = ends if edges or size <= 1 else f"numbers around {float(f'{size:.1g}'):g}"
    return Finding(
        "extreme_inputs",
        "observed",
        f"It is right for ordinary inputs, but it fails for {which}.",
        "Compute one such case by hand, step by step. Which step first gives inf or nan?",
    )
