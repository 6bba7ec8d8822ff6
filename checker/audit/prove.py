"""Prove an assignment: its cases must pass correct implementations and kill wrong ones.

For every task, the backward of the operation must be the derivative of its forward. The reference
and every correct variant must be right in all cases. Every mutant must be killed by its results,
not by an exception. Every mutant that was written for an operation must be named by the diagnosis
and be told apart from every other one. The starter, run like a submission, must earn no points, and
the author's solution all of them, if there is one.
"""

from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import combinations
from typing import Any

import numpy as np

from checker.audit import properties, trial
from checker.audit.coverage import Coverage, coverage
from checker.cases import case_cache, forms
from checker.cases.case_set import Case, CaseSet
from checker.cases.forms import Call, task_form
from checker.cases.mutants import Mutant, mutants
from checker.cases.selection import (
    CLEAR_DIFFERENCE,
    Outcome,
    can_be_made,
    clearly_off,
    fingerprint,
    outcome,
)
from checker.course.assignment import SOLUTION, Assignment, Task
from checker.diagnosis.finding import Finding
from checker.diagnosis.stages import diagnose
from checker.grading.pipeline import grade
from checker.grading.session import Submission
from checker.handout.starter import starter
from checker.library.mutants import LibraryError, strangers
from checker.library.variants import variants
from reference import catalogue
from reference.catalogue import operation


@dataclass(frozen=True)
class TaskProof:
    """The proof of one task.

    `matrix` has for each mutant the cases that kill it, and `close` those of them in which the
    error is so small that it may be within the bound on another machine. `about` has the kind and
    the misconception of each mutant. `examples` and `extreme` are cases of these sorts. `refuted`
    says what is wrong with the operation itself, if anything. `confusion` has the mutants that the
    diagnosis does not name, with the name that it gives them. `undecided` has pairs of mutants that
    no case tells apart. `coverage` says what the cases cover.
    """

    task: str
    cases: int
    reference: bool
    variants: int
    failed_variants: list[str]
    matrix: dict[str, list[int]]
    close: dict[str, list[int]]
    about: dict[str, tuple[str, str]]
    examples: list[int]
    extreme: list[int]
    refuted: str
    confusion: dict[str, str]
    undecided: list[tuple[str, str]]
    coverage: Coverage

    @cached_property
    def survivors(self) -> list[str]:
        return [name for name, killed in self.matrix.items() if not killed]

    @cached_property
    def flaky(self) -> list[str]:
        """Mutants that are killed, but in no case clearly."""
        pairs = ((name, killed, self.close[name]) for name, killed in self.matrix.items())
        return [name for name, killed, close in pairs if killed and killed == close]

    @cached_property
    def idle(self) -> list[int]:
        """The cases that kill no mutant. They are there for unknown mistakes."""
        busy = {case for killed in self.matrix.values() for case in killed}
        return [case for case in range(self.cases) if case not in busy]

    @property
    def holds(self) -> bool:
        faults = (
            self.refuted,
            self.failed_variants,
            self.survivors,
            self.flaky,
            self.confusion,
            self.undecided,
        )
        return self.reference and not any(faults)


@dataclass(frozen=True)
class Proof:
    """The proof of an assignment: its tasks, and the points of the starter, which must be 0.

    `wrong_in_solution` are the tasks that the author's solution has wrong, or None if there is no
    solution. `calls` are the tasks that ask by lines of their own.
    """

    assignment: str
    starter_score: float
    tasks: list[TaskProof]
    wrong_in_solution: list[str] | None = None
    calls: list[str] = field(default_factory=list)

    @property
    def unshown(self) -> list[str]:
        """The tasks with calls, if no solution shows that these ask what the operation answers."""
        return self.calls if self.wrong_in_solution is None else []

    @property
    def holds(self) -> bool:
        proven = all(task.holds for task in self.tasks)
        return self.starter_score == 0 and proven and not self.wrong_in_solution


def prove(assignment: Assignment) -> Proof:
    """Prove an assignment. Raises LibraryError if the assignment's own mutants cannot be used."""
    operations = [task.operation for task in assignment.tasks]
    for path in strangers(assignment.folder, operations):
        known = ", ".join(dict.fromkeys(operations))
        raise LibraryError(
            f"{path}: no task of this assignment asks for {path.stem}, only for {known}."
        )
    case_sets = case_cache.load(assignment)
    name = f"{assignment.name}.py"
    started = Submission("starter", name, starter(assignment).encode())
    score = grade(assignment, case_sets, started).score
    solution, wrong = assignment.own_solution, None
    if solution:
        solved = grade(assignment, case_sets, Submission(SOLUTION, name, solution.encode()))
        wrong = [
            f"{task.name} is {task.verdict}: {task.message}"
            for task in solved.tasks
            if task.verdict != "right"
        ]
    tasks = [_task(assignment, task, case_sets[task.function]) for task in assignment.tasks]
    calls = [task.function for task in assignment.tasks if task.lines]
    return Proof(assignment.name, score, tasks, wrong, calls)


def _task(assignment: Assignment, task: Task, case_set: CaseSet) -> TaskProof:
    form, spec = task_form(task), operation(task.operation)
    known = mutants(task, assignment.folder)
    others = variants(task.operation, form.backward)
    matrix: dict[str, list[int]] = {}
    close: dict[str, list[int]] = {}
    confusion = {}
    for mutant in known:
        evidence = trial.evidence(task, case_set, known, mutant.call)
        outcomes = evidence.outcomes(mutant)
        if not can_be_made(mutant, outcomes):
            continue
        failing = [i for i, judged in enumerate(evidence.judged) if judged.verdict != "right"]
        # An exception is noticed by any case, so it does not prove that the cases are good.
        failing = [i for i in failing if outcomes[i][0] is not None]
        matrix[mutant.name] = failing
        close[mutant.name] = [i for i in failing if _close(case_set.cases[i], outcomes[i])]
        finding = diagnose(evidence)
        if not mutant.generic and not _names(finding, mutant):
            confusion[mutant.name] = "nothing" if finding is None else finding.mistake
    return TaskProof(
        task=task.function,
        cases=len(case_set.cases),
        reference=_right(case_set, partial(form.call, form.reference)),
        variants=len(others),
        failed_variants=[f.__name__ for f in others if not _right(case_set, partial(form.call, f))],
        matrix=matrix,
        close=close,
        about={m.name: (m.kind, m.misconception) for m in known if m.name in matrix},
        examples=[i for i, case in enumerate(case_set.cases) if case.source],
        extreme=[i for i, case in enumerate(case_set.cases) if case.extreme],
        refuted=forms.kind(spec).refuted(spec) or _broken(task.operation),
        confusion=confusion,
        undecided=_undecided(case_set, [mutant for mutant in known if not mutant.generic]),
        coverage=coverage(task, case_set),
    )


def _broken(name: str) -> str:
    """A broken property of an operation of the course. The tests prove those of the reference."""
    return properties.broken(name) if name not in catalogue.own() else ""


def _names(finding: Finding | None, mutant: Mutant) -> bool:
    return finding is not None and finding.misconception == mutant.misconception


def _right(case_set: CaseSet, call: Call) -> bool:
    return trial.verdict(case_set, trial.judged(case_set, call)) == "right"


def _close(case: Case, outcome: tuple[Outcome, bool]) -> bool:
    """Whether an answer is wrong, but not clearly."""
    answer, changed = outcome
    return not case.invalid and not changed and not clearly_off(case.results, answer)


def _undecided(case_set: CaseSet, known: list[Mutant]) -> list[tuple[str, str]]:
    """Pairs of mutants with different misconceptions and the same answers to all cases."""
    prints = {
        mutant.name: np.array(
            [fingerprint(outcome(mutant, case.arguments)[0]) for case in case_set.cases]
        )
        for mutant in known
    }
    return [
        (a.name, b.name)
        for a, b in combinations(known, 2)
        if a.misconception != b.misconception and _alike(prints[a.name], prints[b.name])
    ]


def _alike(a: Any, b: Any) -> bool:
    """Whether two lists of fingerprints are nearly equal."""
    apart = np.abs(a[:, 0] - b[:, 0]) > CLEAR_DIFFERENCE * (a[:, 1] + b[:, 1])
    return not (apart | (a[:, 2] != b[:, 2])).any()
