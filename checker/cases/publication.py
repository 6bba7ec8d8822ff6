"""Prepare the answers that a published assignment has instead of its operations and mutants."""

import contextlib
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from checker.cases import case_cache, published
from checker.cases.case_set import Case, CaseSet
from checker.cases.checksum import checksum
from checker.cases.forms import Form, configured, form
from checker.cases.generation import held_out
from checker.cases.mutants import Mutant, mutants
from checker.cases.published import Answered, Row
from checker.cases.selection import outcome
from checker.course.assignment import Assignment, Task
from checker.sandbox import wire


def files(assignment: Assignment) -> dict[str, bytes]:
    """The prepared files by their names, which the cache keeps."""
    path = case_cache.file(assignment, __name__, "published")
    with contextlib.suppress(OSError, wire.BadMessageError):
        return dict(wire.decode(path.read_bytes()))
    known = case_cache.load(assignment)
    case_sets = {task.function: known[task.function] for task in assignment.tasks}
    answers = {
        published.ANSWERS.format(task.function): _answers(
            task, case_sets[task.function], mutants(task, assignment.folder)
        )
        for task in assignment.tasks
    }
    found = {published.CASE_SETS: published.packed_cases(case_sets)} | answers
    case_cache.keep(path, wire.encode(list(found.items())))
    return found


def _answers(task: Task, case_set: CaseSet, known: tuple[Mutant, ...]) -> bytes:
    spec = configured(task)
    asked = form(spec, task.asks)
    # What is measured is not asked again: a mutant is compared in the cases of the set.
    others = replace(case_set, cases=[] if asked.measure else held_out(spec, asked))
    cases = [*case_set.cases, *others.cases]
    rows = [_row(asked, mutant, cases) for mutant in known]
    return published.packed_answers(case_set, others, rows)


def _row(asked: Form, mutant: Mutant, cases: list[Case]) -> Row:
    if asked.measure and asked.measure.of_known:
        measured = asked.measure.of_known(mutant.call, [case.arguments for case in cases])
        by_case = dict(zip((case.checksum for case in cases), measured, strict=True))
        mutant = replace(mutant, call=partial(_looked_up, by_case))
    answers = [_answered(mutant, case.arguments) for case in cases]
    return mutant.name, mutant.kind, mutant.misconception, mutant.hint, mutant.generic, answers


def _looked_up(by_case: dict[bytes, Any], arguments: list[Any]) -> Any:
    return by_case[checksum(arguments)]


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
