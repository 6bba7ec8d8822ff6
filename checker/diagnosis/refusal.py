"""All answers are right, and what has no answer gets one too."""

from checker.diagnosis.evidence import Evidence, Finding


def look(evidence: Evidence) -> Finding | None:
    pairs = list(zip(evidence.bank.cases, evidence.judged, strict=True))
    failing = [(case, judgement) for case, judgement in pairs if judgement.verdict != "right"]
    given = [case.refused and not judgement.line for case, judgement in failing]
    if not given or not all(given):
        return None
    return Finding(
        "not_refused",
        "certain",
        "What has a right answer gets it, and what has none gets an answer all the same.",
        "For which inputs is there no answer, and where does your function look for that?",
    )
