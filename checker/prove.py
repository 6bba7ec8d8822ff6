"""The grader graded: whether an assignment's banks pass what is right and catch what is wrong.

For every task: the reference and every alternative are right in all cases; every known mistake is
caught, named, and told from every other; and the starter, run like any submission, earns nothing.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from checker import bank as banks
from checker import kinds, trial
from checker.alternatives import alternatives
from checker.assignment import Assignment, Task
from checker.bank import Case, TaskBank
from checker.choice import APART, Outcome, clearly_off, fingerprint, outcome
from checker.diagnosis import diagnose
from checker.grading import grade
from checker.mistakes import LibraryError, library, strangers
from checker.session import Submission
from checker.starter import starter


@dataclass(frozen=True)
class TaskProof:
    """One task. `matrix` holds for each known version the cases that catch it.

    `close` holds those of them in which it is off by so little that another machine may decide
    otherwise; `confusion` the versions that are not called by their name, and what they are called.
    `about` says what sort each version is, and what its mistake is in words.
    """

    task: str
    cases: int
    reference: bool
    alternatives: int
    failed_alternatives: list[str]
    matrix: dict[str, list[int]]
    close: dict[str, list[int]]
    about: dict[str, tuple[str, str]]
    examples: list[int]
    extreme: list[int]
    confusion: dict[str, str]
    undecided: list[tuple[str, str]]

    @cached_property
    def survivors(self) -> list[str]:
        return [name for name, caught in self.matrix.items() if not caught]

    @cached_property
    def flaky(self) -> list[str]:
        """Versions that are caught, but in no case clearly."""
        pairs = ((name, caught, self.close[name]) for name, caught in self.matrix.items())
        return [name for name, caught, close in pairs if caught and caught == close]

    @cached_property
    def idle(self) -> list[int]:
        """The cases that catch nothing known: there for what nobody thought of."""
        busy = {case for caught in self.matrix.values() for case in caught}
        return [case for case in range(self.cases) if case not in busy]

    @property
    def holds(self) -> bool:
        faults = (
            self.failed_alternatives,
            self.survivors,
            self.flaky,
            self.confusion,
            self.undecided,
        )
        return self.reference and not any(faults)


@dataclass(frozen=True)
class Proof:
    """A whole assignment: its tasks, and the points that the starter earns, which must be none."""

    assignment: str
    starter_score: float
    tasks: list[TaskProof]

    @property
    def holds(self) -> bool:
        return self.starter_score == 0 and all(task.holds for task in self.tasks)


def prove(assignment: Assignment) -> Proof:
    """Raises LibraryError where the assignment's own mistakes cannot be used."""
    operations = [task.operation for task in assignment.tasks]
    for path in strangers(assignment.folder, operations):
        known = ", ".join(dict.fromkeys(operations))
        raise LibraryError(f"{path}: no task here is about {path.stem}, but about {known}.")
    made = banks.load(assignment)
    text = Submission("starter", f"{assignment.name}.py", starter(assignment).encode())
    score = grade(assignment, made, text).score
    tasks = [_task(assignment, task, made[task.function]) for task in assignment.tasks]
    return Proof(assignment.name, score, tasks)


def _task(assignment: Assignment, task: Task, bank: TaskBank) -> TaskProof:
    spec = kinds.asked(task)
    form = kinds.form(spec, task.asks)
    reference = kinds.reference(spec, task.asks)
    known = library(task.operation, task.asks, assignment.folder)
    others = alternatives(task.operation, task.asks)
    matrix: dict[str, list[int]] = {}
    close: dict[str, list[int]] = {}
    confusion = {}
    for entry in known:
        evidence = trial.evidence(task, form, bank, entry.function, assignment.folder)
        matrix[entry.name] = [
            i for i, judgement in enumerate(evidence.judged) if judgement.verdict != "right"
        ]
        close[entry.name] = [
            i for i in matrix[entry.name] if _close(bank.cases[i], evidence.outcomes(entry)[i])
        ]
        finding = diagnose(evidence)
        if finding is None or finding.misconception != entry.misconception:
            confusion[entry.name] = "nothing" if finding is None else finding.mistake
    return TaskProof(
        task=task.function,
        cases=len(bank.cases),
        reference=_right(form, bank, reference),
        alternatives=len(others),
        failed_alternatives=[f.__name__ for f in others if not _right(form, bank, f)],
        matrix=matrix,
        close=close,
        about={entry.name: (entry.kind, entry.misconception) for entry in known},
        examples=[i for i, case in enumerate(bank.cases) if case.source],
        extreme=[i for i, case in enumerate(bank.cases) if case.extreme],
        confusion=confusion,
        undecided=_undecided(form, bank, known),
    )


def _right(form: kinds.Form, bank: TaskBank, function: Any) -> bool:
    return trial.verdict(bank, trial.judged(form, bank, function)) == "right"


def _close(case: Case, outcome: tuple[Outcome, bool]) -> bool:
    answer, changed = outcome
    return not case.refused and not changed and not clearly_off(case.results, answer)


def _undecided(form: kinds.Form, bank: TaskBank, known: Any) -> list[tuple[str, str]]:
    """Pairs with different messages that answer alike in every case."""
    prints = {
        entry.name: np.array(
            [fingerprint(outcome(form, entry, case.arguments)[0]) for case in bank.cases]
        )
        for entry in known
    }
    return [
        (a.name, b.name)
        for a, b in combinations(known, 2)
        if a.misconception != b.misconception and _alike(prints[a.name], prints[b.name])
    ]


def _alike(a: Any, b: Any) -> bool:
    apart = np.abs(a[:, 0] - b[:, 0]) > APART * (a[:, 1] + b[:, 1])
    return not (apart | (a[:, 2] != b[:, 2])).any()
