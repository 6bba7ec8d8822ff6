"""A function of ours in the place of a submission: what a student with this function would get.

No worker and no file: the function has the reference's signature, and the form calls it.
"""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from checker.assignment import Task
from checker.bank import TaskBank
from checker.comparison import Judgement, judge
from checker.diagnosis.evidence import Evidence
from checker.kinds import Form
from checker.worker.seal import seal


def reply(form: Form, function: Callable[..., Any], arguments: list[Any]) -> list[Any]:
    """What the worker would send back."""
    given = copy.deepcopy(arguments)
    try:
        with np.errstate(all="ignore"):
            results = form.call(function, given)
            return ["returned", [np.array(part) for part in results], seal(given)]
    except Exception as error:
        return ["raised", type(error).__name__, str(error), 0, isinstance(error, ValueError)]


def judged(form: Form, bank: TaskBank, function: Callable[..., Any]) -> list[Judgement]:
    return [judge(case, reply(form, function, case.arguments)) for case in bank.cases]


def verdict(bank: TaskBank, judgements: list[Judgement]) -> str:
    """ "right", "unstable" where only extreme cases fail, else "wrong"."""
    failing = [
        case
        for case, judgement in zip(bank.cases, judgements, strict=True)
        if judgement.verdict != "right"
    ]
    if not failing:
        return "right"
    return "unstable" if all(case.extreme for case in failing) else "wrong"


def evidence(
    task: Task,
    form: Form,
    bank: TaskBank,
    function: Callable[..., Any],
    folder: Path | None = None,
) -> Evidence:
    """`folder` is that of an assignment that may bring its own mistakes."""

    def ask(_: str, parts: int, calls: list[list[Any]]) -> list[list[Any]]:
        return [reply(form, function, call) for call in calls]

    return Evidence(task, bank, judged(form, bank, function), folder, ask)
