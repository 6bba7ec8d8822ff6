"""Whether an answer hangs on a hair: what happens to it when the inputs move a little."""

from typing import Any

import numpy as np

from checker.bank import Case
from checker.kinds import Form

ROUNDED = 2.0**-23  # relative: what some roundings in single precision may add up to
NUDGED = 1e-6
JUMP = 1e-3  # an answer that moves this far when its inputs are nudged has a decision in it


def steady(form: Form, case: Case) -> bool:
    """Whether rounding turns no decision: fractions that move move no answer beyond its bound.

    Whole numbers stay, and with them the ties that a task is about.
    """
    bounds = [result.bound for result in case.results]
    return not any(_moves(form, case, by, bounds, _rounded) for by in (ROUNDED, -ROUNDED))


def tied(form: Form, case: Case) -> bool:
    """Whether whole numbers that move a little turn a decision: the case stands on an edge."""
    jumps = [JUMP] * len(case.results)
    return any(_moves(form, case, by, jumps, _nudged) for by in (NUDGED, -NUDGED))


def _moves(form: Form, case: Case, by: float, room: list[Any], how: Any) -> bool:
    moved = [_moved(value, by, how) for value in case.arguments]
    for want, answer, most in zip(case.results, form.answers(moved), room, strict=True):
        got = answer.low.value
        if got.shape != want.low.shape:
            return True
        alike = (got == want.low) | (np.isnan(got) & np.isnan(want.low))
        if not (alike | (np.abs(got - want.low) <= most)).all():
            return True
    return False


def _moved(value: Any, by: float, how: Any) -> Any:
    real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    if not real and not isinstance(value, float):
        return value
    odd = np.arange(np.size(value)).reshape(np.shape(value)) % 2
    signs = np.where(odd, 2 * by, -by)  # not alike, so that they do not cancel in a sum
    moved = how(value, signs, value == np.round(value))
    return moved if real else float(moved)


def _rounded(value: Any, signs: Any, whole: Any) -> Any:
    return np.where(whole, value, value * (1 + signs))


def _nudged(value: Any, signs: Any, whole: Any) -> Any:
    return np.where(whole, value + signs, value)
