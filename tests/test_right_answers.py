"""Right is never failed, in whatever words and precision."""

import numpy as np
import pytest
from every_task import IDS, TASKS, bank_of, form_of

from checker import kinds, making, trial
from checker.alternatives import alternatives
from checker.making import SIZE, size
from reference.catalogue import operation

FEWER = ("procedure", "draw")  # some of which have settings alone, and not many of them
every_task = pytest.mark.parametrize("task", TASKS, ids=IDS)


def reference(task):
    return kinds.reference(kinds.asked(task), task.asks)


@every_task
def test_every_alternative_is_right(task):
    for function in alternatives(task.operation, task.asks):
        judged = trial.judged(form_of(task), bank_of(task), function)
        wrong = [j for j in judged if j.verdict != "right"]
        assert not wrong, f"{function.__name__}: {wrong[0]}"


@every_task
def test_every_alternative_is_right_for_hidden_cases_too(task):
    hidden = making.hidden(task, seed=2)
    assert len(hidden.cases) > 0
    for function in alternatives(task.operation, task.asks):
        judged = trial.judged(form_of(task), hidden, function)
        wrong = [j for j in judged if j.verdict != "right"]
        assert not wrong, f"{function.__name__}: {wrong[0]}"


@every_task
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_reference_is_right_in_either_precision(task, dtype):
    form = form_of(task)

    def cast(*arguments, **settings):
        return reference(task)(*(_cast(a, dtype) for a in arguments), **settings)

    assert {j.verdict for j in trial.judged(form, bank_of(task), cast)} == {"right"}


def _cast(value, dtype):
    real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(dtype) if real else value


def test_every_operation_that_can_be_asked_for_has_alternatives():
    assert all(alternatives(task.operation, task.asks) for task in TASKS)


@every_task
def test_a_bank_is_no_larger_than_said_and_starts_small(task):
    cases = bank_of(task).cases
    assert 30 <= len(cases) <= SIZE or operation(task.operation).kind in FEWER
    ordinary = [not case.extreme for case in cases]
    assert ordinary == sorted(ordinary, reverse=True)  # extreme cases last
    sizes = [size(c.arguments) for c in cases if not (c.source or c.extreme)]
    assert sizes[0] == min(sizes)


@every_task
def test_a_bank_holds_single_precision_too(task):
    given = [a for case in bank_of(task).cases for a in case.arguments]
    dtypes = {a.dtype for a in given if isinstance(a, np.ndarray) and a.dtype.kind == "f"}
    assert np.dtype(np.float32) in dtypes or not dtypes
