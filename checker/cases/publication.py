"""Prepare the answers that a published assignment has instead of its operations and mutants.

Tasks whose results are random are left out: their tests would say what is asked.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from checker.cases import case_cache, published
from checker.cases.case_set import Case, CaseSet
from checker.cases.forms import configured, form
from checker.cases.generation import held_out
from checker.cases.mutants import Mutant, mutants
from checker.cases.published import Answered, Row
from checker.cases.selection import outcome
from checker.course.assignment import Assignment, Task
from checker.sandbox import wire


def without_measured(assignment: Assignment) -> Assignment:
    """The assignment with those tasks only whose results are not random."""
    kept = (task for task in assignment.tasks if not form(configured(task), task.asks).measure)
    return replace(assignment, tasks=tuple(kept))


def files(assignment: Assignment) -> dict[str, bytes]:
    """The prepared files by their names."""
    known = case_cache.load(assignment)
    case_sets = {task.function: known[task.function] for task in assignment.tasks}
    answers = {
        published.ANSWERS.format(task.function): _answers(
            task, case_sets[task.function], mutants(task, assignment.folder)
        )
        for task in assignment.tasks
    }
    return {published.CASE_SETS: published.packed_cases(case_sets)} | answers


def _answers(task: Task, case_set: CaseSet, known: tuple[Mutant, ...]) -> bytes:
    spec = configured(task)
    others = replace(case_set, cases=held_out(spec, form(spec, task.asks)))
    cases = [*case_set.cases, *others.cases]
    return published.packed_answers(case_set, others, [_row(mutant, cases) for mutant in known])


def _row(mutant: Mutant, cases: list[Case]) -> Row:
    answers = [_answered(mutant, case.arguments) for case in cases]
    return mutant.name, mutant.kind, mutant.misconception, mutant.hint, mutant.generic, answers


def _answered(mutant: Mutant, arguments: list[Any]) -> Answered:
    """What a mutant answers, or None if it answers nothing that can be stored."""
    results, changed = outcome(mutant, arguments)
    if results is None:
        return None
    arrays = [np.asarray(part) for part in results]
    try:
        wire.encode(arrays)
    except ValueError:
        return None
    return changed, arrays
