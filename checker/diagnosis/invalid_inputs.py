"""Find out that only invalid inputs fail: all or some get an answer instead of a ValueError."""

from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding


def look(evidence: Evidence) -> Finding | None:
    pairs = list(zip(evidence.case_set.cases, evidence.judged, strict=True))
    failing = [(case, judgement) for case, judgement in pairs if judgement.verdict != "right"]
    answered = [case.invalid and not judgement.line for case, judgement in failing]
    if not answered or not all(answered):
        return None
    if any(case.invalid and judgement.verdict == "right" for case, judgement in pairs):
        return Finding(
            "some_not_refused",
            "certain",
            "Valid inputs get the right answer, and some invalid ones a ValueError, but others get "
            "an answer.",
            "Which condition lets the input below through?",
        )
    return Finding(
        "not_refused",
        "certain",
        "Valid inputs get the right answer, but invalid ones get an answer, not a ValueError.",
        "Which inputs are invalid, and where does your function check for them?",
    )
