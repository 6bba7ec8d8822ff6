"""Extreme cases of a task: very large numbers, and probabilities of exactly 0 and 1."""

from dataclasses import replace
from typing import Any

import numpy as np

from checker.cases import candidates
from checker.cases.answering import answered
from checker.cases.case_set import Case
from checker.cases.forms import Form
from checker.numerics.equations import SINGLE, is_real
from checker.numerics.inputs import NamedInputs
from reference.spec import Between, Simplex

EXTREME_SPREAD = 1000.0  # exp overflows for such numbers
SIGNS = (0, 1, -1)  # in turn: as they are drawn, all positive, all negative
INWARDS, HARDLY = 1e-6, 1e-3  # how far probabilities are moved, and what a result may change by it


def extreme_cases(spec: Any, question: Form, count: int, first: int = 0) -> list[Case]:
    """Extreme cases: numbers around 1000, and probabilities of exactly 0 and 1.

    Where a result hardly changes when probabilities of 0 and 1 are moved inwards, it has a limit,
    and this is asked. Elsewhere it is log(0) or divided by 0: a convention, of which only nan and
    inf are wrong. All bounds are wider by one unit of single precision: a result that is 0 by one
    correct formula may be a tiny number by another.

    If all arguments are single numbers there are no extreme cases, because math.exp raises an
    exception where numpy returns inf.
    """
    if not any(argument.axes for argument in spec.arguments):
        return []
    drawn = (
        _signed(spec, case, SIGNS[turn % len(SIGNS)])
        for turn, case in enumerate(
            candidates.random(spec.arguments, count, (EXTREME_SPREAD,), first)
        )
    )
    made = (_at_the_ends(spec, question, case) for case in drawn if spec.possible(**case))
    cases = [case for case in made if case is not None]
    # False sorts before True: first those in which every result has a limit.
    cases.sort(key=lambda case: any(np.isinf(r.bound).any() for r in case.results))
    return cases


def _signed(spec: Any, case: NamedInputs, sign: int) -> NamedInputs:
    """The case with numbers of one sign: several that are too large for an exponential differ."""
    free = [a.name for a in spec.arguments if a.axes and not is_bounded(a)]
    signed = [name for name in free if sign and is_real(case[name])]
    return {**case, **{name: sign * np.abs(case[name]) for name in signed}}


def _at_the_ends(spec: Any, question: Form, case: NamedInputs) -> Case | None:
    """The case with bounded arguments at the ends of their domain, if its results are finite."""
    bounded = [a for a in spec.arguments if is_bounded(a)]
    ends = {a.name: _corners(a, case[a.name]) for a in bounded}
    near = {a.name: ends[a.name] + INWARDS * (case[a.name] - ends[a.name]) for a in bounded}
    with np.errstate(all="ignore"):
        there, beside = (
            answered(question, question.values({**case, **own})) for own in (ends, near)
        )
    if not all(np.isfinite(r.low).all() and np.isfinite(r.bound).all() for r in there.results):
        return None
    results = []
    for at_end, inside in zip(there.results, beside.results, strict=True):
        change = np.abs(at_end.low - inside.low)
        has_limit = change <= HARDLY * np.maximum(1.0, np.abs(at_end.low))
        slack = np.where(has_limit, SINGLE + change, np.inf)
        results.append(replace(at_end, bound=at_end.bound + slack))
    return Case(there.arguments, results, extreme=True)


def is_bounded(argument: Any) -> bool:
    return bool(argument.mark(Between) or argument.mark(Simplex))


def _corners(argument: Any, value: Any) -> Any:
    """Replace each probability, or number of an interval, by an end of its domain."""
    if argument.mark(Simplex):
        return np.eye(value.shape[-1])[value.argmax(axis=-1)]
    (mark,) = (mark for mark in argument.marks if isinstance(mark, Between))
    return np.where(value > (mark.low + mark.high) / 2, float(mark.high), float(mark.low))
