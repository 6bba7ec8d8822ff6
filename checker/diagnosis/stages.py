"""Run the stages of a diagnosis in order: the first finding that explains the answers counts."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from checker.diagnosis import (
    extremes,
    factors,
    invalid_inputs,
    location,
    mutants,
    own_forward,
    properties,
    repeatability,
    sampling,
    shapes,
    terms,
)
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding

Stage = Callable[[Evidence], Finding | None]

MOST_FINDINGS = 3

STAGES: tuple[Stage, ...] = (
    repeatability.look,
    invalid_inputs.look,
    mutants.look,
    extremes.look,
    shapes.look,
    own_forward.look,
    factors.look,
    factors.look_at_known,
    terms.look,
    location.look,
    properties.look,
)


def diagnose(evidence: Evidence) -> Finding | None:
    """The finding that explains the answers, or None."""
    return sampling.look(evidence) if evidence.case_set.measured else _of_numbers(evidence)


def _of_numbers(evidence: Evidence) -> Finding | None:
    """The first finding, with further findings in `also`.

    An observation is followed by up to two further findings. A certain finding is followed by a
    check whether a wrong backward fits the student's own forward.
    """
    findings: list[Finding] = []
    for stage in STAGES:
        findings += _run(stage, evidence)
        if findings and (findings[0].certainty != "observed" or len(findings) == MOST_FINDINGS):
            break
    if not findings:
        return None
    if findings[0].certainty == "certain":  # a mistake in a backward may come from the forward
        findings += _run(own_forward.look, evidence)
    first, *others = findings
    return replace(first, also=first.also + tuple(other.misconception for other in others))


def _run(stage: Stage, evidence: Evidence) -> list[Finding]:
    with np.errstate(all="ignore"):  # a submission may return any numbers
        finding = stage(evidence)
    return [] if finding is None else [finding]
