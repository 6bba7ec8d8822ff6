"""Prove an assignment: its cases must pass correct implementations and kill wrong ones.

For every task, the backward of the operation must be the derivative of its forward. The reference
and every correct variant must be right in all cases. Every mutant must be killed by its results,
not by an exception. Every mutant that was written for an operation must be named by the diagnosis
and be told apart from every other one. The starter, run like a submission, must earn no points, and
the author's solution all of them, if there is one.
"""

import copy
import inspect
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from checker.audit import examples, properties, trial
from checker.audit.coverage import Coverage, coverage
from checker.cases import case_cache, forms
from checker.cases.case_set import Case, CaseSet
from checker.cases.counterexample import message, most_telling
from checker.cases.forms import Call, task_form
from checker.cases.literals import literal
from checker.cases.mutants import Mutant, mutants
from checker.cases.selection import (
    CLEAR_DIFFERENCE,
    Outcome,
    can_be_made,
    clearly_off,
    fingerprint,
    outcome,
)
from checker.course import code
from checker.course.assignment import SOLUTION, Assignment, Task
from checker.diagnosis.finding import Finding
from checker.diagnosis.stages import diagnose
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.handout.starter import starter
from checker.library.mutants import LibraryError, strangers, written
from checker.library.variants import variants
from reference import catalogue
from reference.catalogue import described, operation

MOST_SHOWN = 6  # entries of an argument


@dataclass(frozen=True)
class TaskProof:
    """The proof of one task.

    `matrix` has for each mutant the cases that kill it, and `close` those of them in which the
    error is so small that it may be within the bound on another machine. `about` has the kind and
    the misconception of each mutant. `examples` and `extreme` are cases of these sorts. `refuted`
    says what is wrong with the operation itself, if anything. `confusion` has the mutants that the
    diagnosis does not name, with the name that it gives them. `undecided` has pairs of mutants that
    no case tells apart. `coverage` says what the cases cover. `why` has words on some of the
    mutants that survive and on the variants that fail: what they raise, or a wrong result.
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
    why: dict[str, str] = field(default_factory=dict)

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
    tasks = []
    for task in assignment.tasks:
        with code.operation(task.operation):
            tasks.append(_task(assignment, task, case_sets[task.function]))
    calls = [task.function for task in assignment.tasks if task.lines]
    return Proof(assignment.name, score, tasks, wrong, calls)


def _task(assignment: Assignment, task: Task, case_set: CaseSet) -> TaskProof:
    form = task_form(task)
    known = mutants(task, assignment.folder)
    others = variants(task.operation, form.backward)
    matrix: dict[str, list[int]] = {}
    pairs = [(f.__name__, _failure(case_set, form.call, f)) for f in others]
    failed = [(name, words) for name, words in pairs if words]
    why = dict(failed)
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
    for entry in written(task.operation, assignment.folder):
        name = entry.function.__name__
        if matrix.get(name) == [] and entry.backward == form.backward:
            why[name] = _exception(case_set, form.call, entry.function)
    return TaskProof(
        task=task.function,
        cases=len(case_set.cases),
        reference=_right(case_set, partial(form.call, form.reference)),
        variants=len(others),
        failed_variants=[name for name, _ in failed],
        matrix=matrix,
        close=close,
        about={m.name: (m.kind, m.misconception) for m in known if m.name in matrix},
        examples=[i for i, case in enumerate(case_set.cases) if case.source],
        extreme=[i for i, case in enumerate(case_set.cases) if case.extreme],
        refuted=_refuted(task.operation),
        confusion=confusion,
        undecided=_undecided(case_set, [mutant for mutant in known if not mutant.generic]),
        coverage=coverage(task, case_set),
        why={name: words for name, words in why.items() if words},
    )


def _refuted(name: str) -> str:
    """What is wrong with an operation itself, in words, or nothing. A course's is named by file."""
    spec, path = operation(name), str(catalogue.file(catalogue.names()[name]))
    if name in catalogue.own():
        return forms.kind(spec).refuted(spec)
    words = properties.misshapen(name) or forms.kind(spec).refuted(spec) or _broken(name)
    return f"{path}: {words}" if words and path not in words else words


def _broken(name: str) -> str:
    """What is broken in an operation of the course: a property, or the example of its docstring.

    The tests prove those of the reference.
    """
    return "" if name in catalogue.own() else properties.broken(name) or examples.wrong(name)


def _names(finding: Finding | None, mutant: Mutant) -> bool:
    return finding is not None and finding.misconception == mutant.misconception


def _right(case_set: CaseSet, call: Call) -> bool:
    return trial.verdict(case_set, trial.judged(case_set, call)) == "right"


def _failure(case_set: CaseSet, call: Any, function: Any) -> str:
    """Why a function is judged wrong, in words, or nothing if it is right."""
    judged = trial.judged(case_set, partial(call, function))
    if trial.verdict(case_set, judged) == "right":
        return ""
    first, _ = most_telling(case_set, judged)
    words = message(case_set, judged, first)
    given = zip(case_set.arguments, case_set.cases[first].arguments, strict=False)
    shown = ", ".join(f"{name} = {_shown(value)}" for name, value in given)
    return _exception(case_set, call, function) or f"{words}; for {shown}"


def _shown(value: Any) -> str:
    large = isinstance(value, np.ndarray) and value.size > MOST_SHOWN
    return f"an array of {value.shape}" if large else literal(value)


def _exception(case_set: CaseSet, call: Any, function: Any) -> str:
    """The first exception that a function raises, with its place, or nothing."""
    for case in case_set.cases:
        try:
            with np.errstate(all="ignore"):
                call(function, copy.deepcopy(case.arguments))
        except Exception as error:
            if not case.invalid:
                place = inspect.unwrap(function).__code__
                return described(error, Path(place.co_filename), place.co_firstlineno)
    return ""


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
