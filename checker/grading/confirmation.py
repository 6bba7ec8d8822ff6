"""Confirm what a task has earned by its visible cases, by its answers to fresh cases.

A submission may put what it learns from a fresh case into anything that it says afterwards. So a
student reads of it only that a case fails, and which known mistake explains the answers. The rest
is for the teacher.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from checker.cases import points
from checker.cases.case_set import CaseSet
from checker.cases.counterexample import Counterexample, counterexample, most_telling
from checker.cases.fresh import FreshCases
from checker.cases.judge import Judgement
from checker.course.assignment import Task
from checker.grading.questions import Failure, Judged
from checker.grading.recording import as_diagnosis, decide, record
from checker.grading.report import TaskReport
from checker.sandbox.messages import Ask

if TYPE_CHECKING:
    from checker.cases.mutants import Mutant
    from checker.diagnosis.finding import Finding

FAILS_A_FRESH_ONE = "passes the visible cases, fails a fresh one"
VISIBLE_ONLY = "that holds for the visible cases, but not for a fresh one"


@dataclass(frozen=True)
class Doubt:
    """What the fresh cases leave of a task: the verdict on all cases together.

    `judged` are the answers to the fresh cases. There are none if the submission did not answer.
    """

    report: TaskReport
    fresh: CaseSet
    judged: list[Judgement]


@dataclass(frozen=True)
class Confirmation:
    """A task, its report by its visible cases, and how each of these was judged.

    `mutants` makes the mutants of the task.
    """

    task: Task
    report: TaskReport
    judged: list[Judgement]
    mutants: "Callable[[], tuple[Mutant, ...]]"

    def doubt(self, cases: FreshCases, judged: Judged) -> Doubt | None:
        """What the answers to the fresh cases leave in doubt. None if they confirm the verdict."""
        fresh = cases.fresh
        if isinstance(judged, Failure):
            report = self._failing(record(self.task, judged.verdict), judged.words, judged.case)
            return Doubt(report, fresh, [])
        if all(judgement.verdict == "right" for judgement in judged):
            return None
        now = self._together(cases.together, [*self.judged, *judged])
        if now.verdict == self.report.verdict and now.score >= self.report.score:
            return None
        first, failing = most_telling(fresh, judged)
        words = decide(fresh, judged, first, None)[1]
        shown = counterexample(fresh, fresh.cases[first], judged[first], failing)
        return Doubt(self._failing(now, words, shown), fresh, judged)

    def diagnosis(self, doubt: Doubt, ask: Ask) -> TaskReport:
        """The report of a doubt, with the known mistake that explains the answers, if there is one.

        `ask` calls the submission in a process that has met no fresh case.
        """
        if not doubt.judged or doubt.fresh.measured:
            return doubt.report
        from checker.diagnosis import mutants
        from checker.diagnosis.evidence import Evidence

        evidence = Evidence(self.task, doubt.fresh, doubt.judged, self.mutants(), ask)
        if not evidence.elsewhere.judged:
            return doubt.report  # a name from fresh cases alone could be a message about them
        with np.errstate(all="ignore"):
            finding = mutants.look(evidence)
        return replace(doubt.report, diagnosis=as_diagnosis(finding) or doubt.report.diagnosis)

    def _together(self, case_set: CaseSet, judged: list[Judgement]) -> TaskReport:
        """The verdict on visible and fresh cases together."""
        first, _ = most_telling(case_set, judged)
        finding = None
        if self.report.verdict == "other convention":
            finding = self._convention(case_set, judged)
        results = points.of_results(self.task.shares, case_set, judged)
        return record(self.task, decide(case_set, judged, first, finding)[0], results=results)

    def _convention(self, case_set: CaseSet, judged: list[Judgement]) -> "Finding | None":
        """What explains the answers to all cases, if the convention of the visible ones does."""
        from checker.diagnosis.evidence import Evidence
        from checker.diagnosis.stages import diagnose

        name = self.report.diagnosis["mistake"] if self.report.diagnosis else ""
        named = tuple(mutant for mutant in self.mutants() if mutant.name == name)
        return diagnose(Evidence(self.task, case_set, judged, named))

    def _failing(self, now: TaskReport, words: str, shown: Counterexample | None) -> TaskReport:
        """The report with the verdict and points of a new one. Only the teacher reads `words`."""
        was = self.report
        visible_only = f"{was.message}; {VISIBLE_ONLY}"
        return replace(
            was,
            verdict=now.verdict,
            score=min(was.score, now.score),
            reason=now.reason if now.score < was.score else was.reason,
            message=FAILS_A_FRESH_ONE if was.verdict == "right" else visible_only,
            diagnosis=was.diagnosis if was.verdict == now.verdict else None,
            fresh={"message": words, "counterexample": shown},
        )
