"""Grade a mutant or variant as if a student had submitted it.

There is no worker and no file: the function is called in this process, in the form of the task.
"""

import copy
from typing import Any

import numpy as np

from checker.cases.case_set import CaseSet
from checker.cases.checksum import checksum
from checker.cases.forms import Call
from checker.cases.judge import Judgement, judge_all
from checker.cases.mutants import Mutant
from checker.course.assignment import Task
from checker.diagnosis.evidence import Evidence
from checker.sandbox.messages import Raised, Reply, Returned


def reply(call: Call, arguments: list[Any]) -> Reply:
    """The reply that a worker would send."""
    copied = copy.deepcopy(arguments)
    try:
        with np.errstate(all="ignore"):
            results = call(copied)
            return Returned(list(map(np.array, results)), checksum(copied) != checksum(arguments))
    except Exception as error:
        return Raised(type(error).__name__, str(error), 0, isinstance(error, ValueError))


def judged(case_set: CaseSet, call: Call) -> list[Judgement]:
    """The judgements on a function for all cases."""
    return judge_all(case_set, [reply(call, case.arguments) for case in case_set.cases])


def verdict(case_set: CaseSet, judgements: list[Judgement]) -> str:
    """Return "right", "unstable" if only extreme cases fail, or "wrong"."""
    pairs = zip(case_set.cases, judgements, strict=True)
    failing = [case for case, judgement in pairs if judgement.verdict != "right"]
    if not failing:
        return "right"
    return "unstable" if all(case.extreme for case in failing) else "wrong"


def evidence(task: Task, case_set: CaseSet, known: tuple[Mutant, ...], call: Call) -> Evidence:
    """The evidence for a function. `known` are the mutants that a diagnosis may name."""

    def ask(_: str, parts: int, calls: list[list[Any]]) -> list[Reply]:
        return [reply(call, arguments) for arguments in calls]

    return Evidence(task, case_set, judged(case_set, call), known, ask)
