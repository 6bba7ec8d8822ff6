"""A right function is never failed, however it is written and in whatever precision."""

import numpy as np
import pytest
from every_task import SAMPLE, SAMPLE_IDS, TASKS, call_of, case_set_of

from checker.audit import trial
from checker.cases import generation
from checker.cases.case_set import size
from checker.cases.forms import task_form
from checker.library.variants import variants
from reference.catalogue import operation

LARGEST = 120  # cases
FEWER = ("procedure", "sampler", "experiment")  # some have settings alone, and not many of them
sampled_task = pytest.mark.parametrize("task", SAMPLE, ids=SAMPLE_IDS)


def variants_of(task):
    return variants(task.operation, task_form(task).backward)


@sampled_task
def test_every_variant_is_right(task):
    for function in variants_of(task):
        judged = trial.judged(case_set_of(task), call_of(task, function))
        wrong = [j for j in judged if j.verdict != "right"]
        assert not wrong, f"{function.__name__}: {wrong[0]}"


@sampled_task
def test_every_variant_is_right_for_fresh_cases_too(task):
    further = generation.further(task, first=2000)
    assert len(further.cases) > 0
    for function in variants_of(task):
        judged = trial.judged(further, call_of(task, function))
        wrong = [j for j in judged if j.verdict != "right"]
        assert not wrong, f"{function.__name__}: {wrong[0]}"


@sampled_task
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_reference_is_right_in_either_precision(task, dtype):
    reference = task_form(task).reference

    def cast(*arguments, **settings):
        return reference(*(_cast(a, dtype) for a in arguments), **settings)

    judged = trial.judged(case_set_of(task), call_of(task, cast))
    assert {j.verdict for j in judged} == {"right"}


def _cast(value, dtype):
    real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(dtype) if real else value


def test_every_operation_that_a_task_can_ask_for_has_variants():
    assert all(map(variants_of, TASKS))


@sampled_task
def test_a_case_set_is_no_larger_than_said_and_starts_small(task):
    cases = case_set_of(task).cases
    assert 30 <= len(cases) <= LARGEST or operation(task.operation).kind in FEWER
    ordinary = [not case.extreme for case in cases]
    assert ordinary == sorted(ordinary, reverse=True)  # extreme cases last
    sizes = [size(c.arguments) for c in cases if not (c.source or c.extreme)]
    assert sizes[0] == min(sizes)
