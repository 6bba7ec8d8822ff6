"""A decision may allow for rounding, but not for more."""

from functools import cache

import numpy as np
import pytest
from every_task import case_set_of, task_of

from checker.audit import trial
from checker.cases.generation import generate
from checker.course.assignment import find

TASKS = {task.function: task for task in find("losses").tasks}
made = cache(generate)


def verdict(function, decide):
    case_set = made(TASKS[function])
    return trial.verdict(case_set, trial.judged(case_set, lambda values: (decide(*values),)))


@pytest.mark.parametrize(("margin", "expected"), [(1e-3, "wrong"), (2e-4, "wrong"), (0, "right")])
def test_a_margin_around_a_threshold_is_wrong(margin, expected):
    assert verdict("threshold_decision", lambda p, t: np.where(p > t + margin, 1, 0)) == expected
    assert verdict("binary_accuracy", lambda p, y, t: np.mean((p > t + margin) == y)) == expected


def test_single_precision_decides_as_well():
    def decide(p, t):
        return np.where(p.astype(np.float32) > np.float32(t), 1, 0)

    assert verdict("threshold_decision", decide) == "right"


def test_nearly_equal_losses_are_not_equal():
    task = task_of("convergence", "run")
    case_set = case_set_of(task)

    def rest(values):
        losses, tolerance = values
        change = np.round(np.abs(np.diff(losses)), 3)
        hits = np.flatnonzero(change < tolerance)
        return (hits[0] + 2 if hits.size else len(losses),)

    assert trial.verdict(case_set, trial.judged(case_set, rest)) == "wrong"
