"""Select the cases of a task from its candidates.

One case for each criterion is always there (`candidates`). So are cases with every feature
(`features`) and on every side of the decisions in the reference (`branches`), and with every two
of these together: none of this knows any mistake. Cases that kill every mutant and tell the mutants
apart are selected as well (`selection`). Further cases fill the set: small ones, which are easy to
read, and some large ones. The cases do not depend on the machine or on what else
is installed.

Integer arrays are never passed for real numbers: a correct function may reuse the dtype of its
input and would fail on them.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases import candidates
from checker.cases.answering import answered
from checker.cases.case_set import Case, CaseSet, size
from checker.cases.extreme_cases import extreme_cases
from checker.cases.features import features
from checker.cases.forms import Form, configured, form
from checker.cases.mutants import Mutant, mutants
from checker.cases.pool import (
    Pool,
    constructed_cases,
    invalid_cases,
    largest_number,
    pool,
    random_cases,
    tolerant,
)
from checker.cases.selection import choose, cover, fingerprint, kills
from checker.cases.worked_examples import worked_examples
from checker.course.assignment import Task
from checker.sandbox import wire
from reference import catalogue
from reference.catalogue import OperationError

SIZE = 40  # cases in a case set, or more if the criteria need them
LARGEST = 100  # cases, where pairs of features ask for more: those that add most come first
MORE = 8  # random cases at least, beside those that meet a criterion
FEATURE = 3  # cases with each feature, where there are so many
KEPT_OF_EACH_SORT = 2  # always kept: probabilities near 0 and 1, large numbers, large arrays, ties
EXTREME = 4  # extreme cases that are always kept
FURTHER = 6  # random cases, and cases that meet a criterion, in the set of `further` ones
EACH = 3  # of the cases of a function that only moves entries lie in memory by columns
HELD_OUT_CASES = 12  # cases that are in no case set
HELD_OUT_SEED = 1000  # the seed of the first of them


def generate(task: Task, folder: Path | None = None) -> CaseSet:
    """The case set of a task. `folder` is the assignment's, which may have its own mutants."""
    return generate_for(task, mutants(task, folder))


def generate_for(task: Task, known: Sequence[Mutant]) -> CaseSet:
    """The case set that kills these mutants and tells them apart."""
    spec = configured(task)
    question = form(spec, task.asks)
    if question.chosen:
        return _answerable(task, _case_set(question, _chosen(question, 0)))
    made = pool(task)
    if not made.ordinary:
        path = catalogue.file(catalogue.names()[task.operation])
        raise OperationError(f"{path}: no case that was tried for {task.function} is possible.")
    examples = worked_examples(spec, task, question)
    kept = _distinct([*_selected(made, known), *_always(made)])
    kept |= _distinct(_combining(made, kept))
    near = made.near_ties
    kept |= _distinct([*near[:KEPT_OF_EACH_SORT], *near[-KEPT_OF_EACH_SORT:]])
    rest = [case for key, case in _distinct(made.ordinary).items() if key not in kept]
    count = SIZE - len(examples) - len(kept) - len(made.invalid)
    unsorted = [*kept.values(), *_fill(rest, max(MORE, count)), *made.invalid]
    cases = sorted(unsorted, key=lambda case: (case.extreme, size(case.arguments)))
    if question.repeated:
        cases.append(cases[0])
    return _answerable(task, _case_set(question, [*examples, *cases]))


def _answerable(task: Task, made: CaseSet) -> CaseSet:
    """The case set. Raises OperationError if one of its results has a number in no case."""
    path = catalogue.file(catalogue.names()[task.operation])
    rows = [case.results for case in made.cases if not case.invalid]
    for name, *results in zip(made.results, *rows, strict=True):
        entries = np.concatenate([np.ravel(result.low) for result in results])
        if entries.size and not np.isfinite(entries).any():
            raise OperationError(
                f"{path}: {name} is {entries[0]} in all {len(rows)} cases of {task.function}, "
                "so nobody can be judged by it."
            )
    return made


def held_out(spec: Any, question: Form) -> list[Case]:
    """Cases from other seeds than a case set. A few of the smallest may be equal by chance."""
    if question.chosen:
        return _chosen(question, HELD_OUT_SEED)
    return random_cases(spec, question, HELD_OUT_CASES, first=HELD_OUT_SEED)


def further(task: Task, first: int) -> CaseSet:
    """A smaller case set from other seeds, from `first` on. It meets some of the criteria."""
    spec = configured(task)
    question = form(spec, task.asks)
    if question.chosen:
        return _case_set(question, _chosen(question, first))
    criteria = list(candidates.criteria(spec.arguments))
    some = np.random.default_rng(first).permutation(len(criteria))[:FURTHER]
    ordinary = random_cases(spec, question, FURTHER, first=first)
    constructed = constructed_cases(spec, question, [criteria[i] for i in some], first)
    cases = [*ordinary, *tolerant(constructed, ordinary), *invalid_cases(spec, question, first)]
    if question.overflows:
        cases += extreme_cases(spec, question, KEPT_OF_EACH_SORT, first)
    return _case_set(question, sorted(cases, key=lambda case: (case.extreme, size(case.arguments))))


def _distinct(cases: list[Case]) -> dict[bytes, Case]:
    """The cases by their encoded arguments."""
    return {wire.encode(case.arguments): case for case in cases}


def _always(made: Pool) -> list[Case]:
    """The candidates that are always kept."""
    by_largest = sorted(made.ordinary, key=largest_number)
    return [
        *made.constructed,
        *made.near[-KEPT_OF_EACH_SORT:],
        *by_largest[-KEPT_OF_EACH_SORT:],
        *made.ordinary[-KEPT_OF_EACH_SORT:],
        *made.ties[:KEPT_OF_EACH_SORT],
        *made.ties[-KEPT_OF_EACH_SORT:],
        *made.extreme[:: max(1, len(made.extreme) // EXTREME)],
    ]


def _selected(made: Pool, known: Sequence[Mutant]) -> list[Case]:
    """The candidates that are needed to kill the mutants and to tell them apart."""
    if not known:
        return []
    killed, prints = [], []
    for mutant in known:
        outcomes = made.answers(mutant)
        pairs = zip(made.cases, outcomes, strict=True)
        killed.append([kills(mutant, case, *out) for case, out in pairs])
        prints.append([fingerprint(got) for got, _ in outcomes])
    table = np.array(killed).T
    misconceptions = [mutant.misconception for mutant in known]
    rows = choose(table, np.swapaxes(np.array(prints, dtype=float), 0, 1), misconceptions)
    return [made.cases[row] for row in rows]


def _combining(made: Pool, kept: Collection[bytes]) -> list[Case]:
    """Other candidates, with the features and the pairs of features that the kept ones lack.

    A large operation has more pairs than cases are worth their time.
    """
    found = _distinct([*made.ordinary, *made.more])
    cases, rows = [*found.values()], features(made.task, [*found.values()])
    columns = sorted(frozenset().union(*rows), key=repr)
    each = np.array([[feature in row for feature in columns] for row in rows])
    first, second = np.triu_indices(len(columns), 1)
    table = np.column_stack([each, each[:, first] & each[:, second]])
    times = np.array([FEATURE] * len(columns) + [1] * len(first))
    at = [row for row, key in enumerate(found) if key in kept]
    return [cases[row] for row in cover(table, times, at)[: max(0, LARGEST - len(kept))]]


def _fill(cases: list[Case], count: int) -> list[Case]:
    """Choose `count` cases: a quarter are the smallest, the others are spread over all sizes."""
    small = cases[: max(0, (count + 3) // 4)]
    others = cases[len(small) :]
    wanted = min(max(0, count - len(small)), len(others))
    picked = [others[(2 * k + 1) * len(others) // (2 * wanted)] for k in range(wanted)]
    return [*small, *picked]


def _some_by_columns(cases: list[Case]) -> list[Case]:
    """The cases. If right answers only move entries, some arrays lie in memory as a transpose does.

    Other functions are not asked this: a right one may write into a view of what `zeros_like` made.
    """
    if not all(map(_only_moves, cases)):
        return cases
    return [
        replace(case, arguments=[*map(_by_columns, case.arguments)]) if k % EACH == 0 else case
        for k, case in enumerate(cases, 1)
    ]


def _only_moves(case: Case) -> bool:
    """Whether the entries of the result are those of the array in the arguments."""
    arrays = [each for each in case.arguments if isinstance(each, np.ndarray) and each.ndim]
    if len(arrays) != 1 or len(case.results) != 1 or case.invalid:
        return case.invalid
    result = case.results[0].low
    return np.array_equal(np.sort(arrays[0], axis=None), np.sort(result, axis=None))


def _by_columns(argument: Any) -> Any:
    return np.asfortranarray(argument) if isinstance(argument, np.ndarray) else argument


def _chosen(question: Form, first: int) -> list[Case]:
    """The cases of a form that chooses them itself."""
    assert question.chosen is not None
    return [answered(question, values) for values in question.chosen(first)]


def _case_set(question: Form, cases: list[Case]) -> CaseSet:
    return CaseSet(
        [part.name for part in question.arguments],
        [part.name for part in question.results],
        _some_by_columns(cases),
        [part.about for part in question.results] if question.measure else [],
    )
