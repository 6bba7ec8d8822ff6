"""Whether an answer depends on rounding: compare it with the answers to perturbed inputs."""

from typing import Any

import numpy as np

from checker.cases.case_set import Case
from checker.cases.forms import Form

ROUNDING = 2.0**-23  # relative perturbation: a few roundings in single precision
NUDGE = 1e-6  # absolute perturbation of whole numbers
SHORT = 64  # the denominator of settings that are not perturbed
JUMP = 1e-3  # an answer that changes by more than this after a nudge depends on a decision


def steady(form: Form, case: Case) -> bool:
    """Whether rounding the inputs changes no result by more than its bound.

    Whole numbers are not perturbed, nor settings such as 0.25, so a case with a tie can be steady.
    """
    bounds = [result.bound for result in case.results]
    return not any(_changes(form, case, by, bounds, _rounded) for by in (ROUNDING, -ROUNDING))


def tied(form: Form, case: Case) -> bool:
    """Whether a small change of whole numbers changes a decision, as it does at a tie."""
    jumps = [JUMP] * len(case.results)
    try:
        return any(_changes(form, case, by, jumps, _nudged) for by in (NUDGE, -NUDGE))
    except ValueError:  # a setting of 0 was moved below its range
        return False


def _changes(form: Form, case: Case, by: float, bounds: list[Any], perturb: Any) -> bool:
    """Whether perturbed arguments change a result by more than its bound."""
    perturbed = [_perturbed(value, by, perturb) for value in case.arguments]
    for want, answer, bound in zip(case.results, form.answers(perturbed), bounds, strict=True):
        got = np.asarray(answer.low)
        if got.shape != want.low.shape:
            return True
        equal = (got == want.low) | (np.isnan(got) & np.isnan(want.low))
        with np.errstate(invalid="ignore"):  # of two infinities
            near = np.abs(got - want.low) <= bound
        if not (equal | near).all():
            return True
    return False


def _perturbed(value: Any, by: float, perturb: Any) -> Any:
    real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    if not real and not isinstance(value, float):
        return value
    odd = np.arange(np.size(value)).reshape(np.shape(value)) % 2
    steps = np.where(odd, 2 * by, -by)  # of different sizes, so that they do not cancel in a sum
    digits = 1 if real else SHORT  # a setting such as 0.25 is as exact as a whole number
    changed = perturb(value, steps, value * digits == np.round(value * digits))
    return changed if real else float(changed)


def _rounded(value: Any, steps: Any, whole: Any) -> Any:
    return np.where(whole, value, value * (1 + steps))


def _nudged(value: Any, steps: Any, whole: Any) -> Any:
    return np.where(whole, value + steps, value)
