"""Run the stages of a diagnosis in order: the first finding that explains the answers counts."""

import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from checker.cases.case_set import Case
from checker.cases.judge import SURPLUS, Judgement
from checker.diagnosis import (
    changed_arguments,
    changed_results,
    conventions,
    experiments,
    extremes,
    factors,
    invalid_inputs,
    location,
    mutants,
    nearest_formula,
    nearly_right,
    nonfinite,
    own_forward,
    properties,
    repeatability,
    rows,
    sampling,
    shapes,
    sometimes,
    terms,
    unused,
)
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from reference.spec import KeptError

Stage = Callable[[Evidence], Finding | None]

MOST_FINDINGS = 3

STAGES: tuple[Stage, ...] = (
    repeatability.look,
    invalid_inputs.look,
    mutants.look,
    extremes.look,
    nonfinite.look,
    shapes.look,
    rows.look,
    own_forward.look,
    factors.look,
    changed_results.look,
    changed_arguments.look,
    factors.look_at_known,
    terms.look,
    nearest_formula.look,
    sometimes.look,
    unused.look,
    nearly_right.look,
    location.look,
    properties.look,
)


def diagnose(evidence: Evidence) -> Finding | None:
    """The finding that explains the answers, or None. Right answers need no explanation."""
    if all(judgement.verdict == "right" for judgement in evidence.judged):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of wrong formulas, which take the mean of nothing
        if evidence.form.open:
            return experiments.look(evidence)
        if evidence.case_set.measured:
            return sampling.look(evidence)
        if all(SURPLUS in evidence.judged[i].words for i in evidence.ordinary):
            return None  # the message says all
        return conventions.settled(evidence, _of_numbers(evidence))


def seen_in(evidence: Evidence, finding: Finding, case: Case, judged: Judgement) -> Finding | None:
    """The finding as far as it is true of another failing case, such as the one that is shown.

    A place is looked for again, beside that case. What it is called otherwise does not change.
    """
    if finding.mistake != "place":
        return finding
    cases = replace(evidence.case_set, cases=[*evidence.case_set.cases, case])
    beside = replace(evidence, case_set=cases, judged=[*evidence.judged, judged], memo={})
    found = _run(location.look, beside)
    return replace(found[0], also=finding.also) if found else None


def _of_numbers(evidence: Evidence) -> Finding | None:
    """The first finding, with further findings in `also`.

    If it explains some of the wrong results, the stages go on with the others. An observation is
    followed by up to two further findings. A certain finding is followed by a check whether a wrong
    backward fits the student's own forward.
    """
    findings: list[Finding] = []
    for stage in STAGES:
        while new := _run(stage, evidence):
            findings += new
            if new[0].certainty == "observed" or not new[0].results:
                break
            evidence = replace(evidence, explained=evidence.explained | set(new[0].results))
            if not evidence.wrong:
                break
        if _enough(evidence, findings):
            break
    if not findings:
        return None
    if findings[0].certainty == "certain":  # a mistake in a backward may come from the forward
        findings += _run(own_forward.look, evidence)
    first, *others = findings
    also = first.also + tuple(other.misconception for other in others)
    about = {result for finding in findings for result in finding.results}
    names = [evidence.case_set.results[k] for k in evidence.wrong if k not in about]
    if any(evidence.judged[i].about_all for i in evidence.ordinary):
        names = []  # too few or too many results came back, which is the cause
    if first.results and names:
        also = (f"This does not explain the error in {' and '.join(names)}.", *also)
    further = (words for words in dict.fromkeys(also) if words != first.misconception)
    return replace(first, also=tuple(further))


def _enough(evidence: Evidence, findings: list[Finding]) -> bool:
    """Whether all wrong results are explained, or there are enough observations."""
    if not findings:
        return False
    if len(findings) >= MOST_FINDINGS or not evidence.wrong:
        return True
    last = findings[-1]
    return last.certainty != "observed" and not last.results


def _run(stage: Stage, evidence: Evidence) -> list[Finding]:
    try:
        with np.errstate(all="ignore"):  # a submission may return any numbers
            finding = stage(evidence)
    except KeptError:  # the operation of a published assignment can be asked nothing
        return []
    return [] if finding is None else [finding]
