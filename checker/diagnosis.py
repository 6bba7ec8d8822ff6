"""Which misconception explains a wrong answer: named only where it reproduces every answer."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from checker.assignment import Task
from checker.bank import HEADROOM, PRECISION, Case, Result, TaskBank
from checker.kinds import Form, form
from checker.mistakes import mistakes


def diagnose(task: Task, bank: TaskBank, results: list[tuple[Any, ...]]) -> dict[str, str] | None:
    """The known mistake whose answers are the student's on all cases, or None.

    At least one of those answers is wrong, or there would be nothing to diagnose.
    """
    asked = form(task)
    for mistake in mistakes(task.operation):
        if _is_backward(mistake) == asked.backward and all(
            _reproduces(asked, mistake, case, got)
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


def _reproduces(asked: Form, mistake: Callable[..., Any], case: Case, got: tuple[Any, ...]) -> bool:
    arguments = [np.copy(a) if np.ndim(a) else a for a in case.arguments]
    try:
        with np.errstate(all="ignore"):
            expected = asked.call(mistake, arguments)
    except (ValueError, IndexError):  # this mistake cannot even be computed here
        return False
    return len(got) == len(expected) and all(map(_same, got, expected, case.results))


def _same(got: Any, expected: Any, want: Result) -> bool:
    """Equal up to what rounding may do to the right answer, or to one of the mistake's size."""
    if not isinstance(got, np.ndarray) or got.shape != np.shape(expected):
        return False
    size = float(np.max(np.abs(expected), initial=0.0))
    close = max(float(np.max(want.bound, initial=0.0)), HEADROOM * PRECISION * size)
    return bool(np.allclose(got, expected, rtol=0, atol=close, equal_nan=True))
