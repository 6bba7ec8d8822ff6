"""Samplers of one's own, judged and diagnosed as in a class, but in this process."""

from functools import cache

import numpy as np

from checker.cases import generation
from checker.cases.forms import task_form
from checker.cases.judge import judge_all
from checker.cases.mutants import mutants
from checker.course.assignment import find
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.stages import diagnose
from checker.sandbox.messages import Returned

TASKS = {
    task.operation: task
    for name in ("descent", "schedules", "regularisation")
    for task in find(name).tasks
    if task.asks == "sample"
}
mutants_of = cache(mutants)


@cache
def case_set_of(operation, first=0):
    task = TASKS[operation]
    return generation.further(task, first) if first else generation.generate(task)


def evidence_of(operation, function, first=0):
    """What is known of a function after it has answered every case."""
    task, case_set = TASKS[operation], case_set_of(operation, first)
    calls = [case.arguments for case in case_set.cases]
    replies = [
        Returned([np.array(function(**dict(zip(case_set.arguments, values, strict=True))))], False)
        for values in calls
    ]
    replies = task_form(task).measure(calls, replies)
    return Evidence(task, case_set, judge_all(case_set, replies), mutants_of(task))


def failed(evidence):
    """The names of the tests that are failed."""
    return {evidence.case_set.results[k] for k in evidence.wrong}


def finding_of(operation, function):
    """The finding on a wrong sampler."""
    evidence = evidence_of(operation, function)
    assert failed(evidence)
    return diagnose(evidence)
