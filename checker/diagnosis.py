"""Which misconception explains a wrong answer: named only where it reproduces every answer."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from checker.assignment import Task
from checker.bank import HEADROOM, PRECISION, TaskBank
from checker.kinds import Form, form
from checker.mistakes import mistakes
from reference.catalogue import operation


def diagnose(task: Task, bank: TaskBank, results: list[tuple[Any, ...]]) -> dict[str, str] | None:
    """The known mistake whose answers are the student's on all cases, or None.

    At least one of those answers is wrong, or there would be nothing to diagnose.
    """
    asked = form(operation(task.operation), task.asks)
    for mistake in mistakes(task.operation):
        if _is_backward(mistake) == asked.backward and all(
            _reproduces(asked, mistake, case.arguments, got)
            for case, got in zip(bank.cases, results, strict=True)
        ):
            misconception, _, hint = (inspect.getdoc(mistake) or "").partition("\n")
            return {
                "mistake": mistake.__name__,
                "certainty": "certain",
                "misconception": misconception,
                "hint": " ".join(hint.split()),
            }
    return None


def _is_backward(mistake: Callable[..., Any]) -> bool:
    parameters = list(inspect.signature(mistake).parameters)
    return parameters[0] == "grad" and "state" not in parameters


def _reproduces(
    asked: Form, mistake: Callable[..., Any], arguments: list[Any], got: tuple[Any, ...]
) -> bool:
    try:
        with np.errstate(all="ignore"):
            expected = asked.call(mistake, [np.copy(a) if np.ndim(a) else a for a in arguments])
    except (ValueError, IndexError):  # this mistake cannot even be computed here
        return False
    return len(got) == len(expected) and all(map(_same, got, expected))


def _same(got: Any, expected: Any) -> bool:
    if not isinstance(got, np.ndarray) or got.shape != np.shape(expected):
        return False
    close = HEADROOM * PRECISION * float(np.max(np.abs(expected), initial=0.0))
    return bool(np.allclose(got, expected, rtol=0, atol=close, equal_nan=True))
