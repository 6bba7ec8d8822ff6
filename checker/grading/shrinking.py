"""Shrink a failing case: remove and simplify entries as long as the submission still fails on it.

Rows and columns are removed in all arguments that share the axis, fractions are rounded, and
entries are set to 0. The case stays in the domain of the operation: labels remain valid,
probabilities are not changed, and a case that the reference cannot compute is dropped.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from checker.cases import forms
from checker.cases.answering import answered
from checker.cases.case_set import Case, numbers
from checker.cases.case_set import size as size_of
from checker.cases.forms import Form, form
from checker.cases.judge import Judgement, judge
from checker.course.assignment import Task
from checker.sandbox.messages import Ask
from reference.spec import Below, Between, Simplex, Try

SHRINKING_SECONDS = 2.0
MOST_ROUNDS = 30


def shrink(task: Task, case: Case, judgement: Judgement, ask: Ask) -> tuple[Case, Judgement]:
    """The smallest case found that has a result wrong which was wrong before, and its judgement.

    Worked examples, cases with an invalid input and cases without finite bounds are not shrunk.
    """
    if (
        case.source
        or case.invalid
        or not all(np.isfinite(result.bound).all() for result in case.results)
    ):
        return case, judgement
    spec = forms.configured(task)
    asked = form(spec, task.asks)
    deadline = time.monotonic() + SHRINKING_SECONDS
    for _ in range(MOST_ROUNDS):
        smaller = list(_smaller(spec, asked, case))
        calls = [candidate.arguments for candidate in smaller]
        replies = ask(task.function, len(asked.results), calls) if calls else []
        judged = [(c, judge(c, r)) for c, r in zip(smaller, replies, strict=False)]
        failing = [(c, j) for c, j in judged if _still_fails(judgement, j)]
        if not failing or time.monotonic() > deadline:
            break
        case, judgement = min(failing, key=lambda pair: _order(pair[0]))
    return case, judgement


def _still_fails(before: Judgement, now: Judgement) -> bool:
    """Whether a case has the same verdict as before, with one of the same results wrong."""
    if now.verdict != before.verdict:
        return False
    return not before.right or any(
        was is is_now is False for was, is_now in zip(before.right, now.right, strict=True)
    )


def _order(case: Case) -> tuple[int, int, int]:
    """The sort key of cases: few entries, whole numbers, few axes, many zeros."""
    arrays = list(map(numbers, case.arguments))
    axes, others = sum(a.ndim for a in arrays), sum(map(np.count_nonzero, arrays))
    return size_of(case.arguments), axes, int(others)


def _smaller(spec: Any, asked: Form, case: Case) -> Iterator[Case]:
    """Smaller cases in the domain of the operation, with their expected results."""
    marks = {argument.name: argument.marks for argument in spec.arguments}
    names = [part.name for part in asked.arguments]
    pairs = zip(asked.arguments, case.arguments, strict=True)
    axes = [_axes(part.axes, len(_lengths(value))) for part, value in pairs]
    simpler = () if case.extreme else _simpler(names, marks, case)
    for values in (*_shorter(names, axes, marks, case), *simpler):
        possible = spec.possible
        inputs = {n: v for n, v in zip(names, values, strict=True) if n in marks}
        try:
            with np.errstate(all="ignore"):
                if _order(Case(values, [])) < _order(case) and (
                    possible is None or possible(**inputs)
                ):
                    yield replace(answered(asked, values), extreme=case.extreme)
        except (ValueError, IndexError, ZeroDivisionError):
            continue


def _lengths(value: Any) -> tuple[int, ...]:
    """The shape of an array. A setting that is a list has no axes."""
    return value.shape if isinstance(value, np.ndarray) else ()


def _axes(named: tuple[str, ...], rank: int) -> list[str]:
    """A name for each axis. The axes that "..." stands for are numbered."""
    if "..." not in named:
        return list(named)
    at = named.index("...")
    free = [f"...{k}" for k in range(rank - len(named) + 1)]
    return [*named[:at], *free, *named[at + 1 :]]


def _shorter(
    names: list[str], axes: list[list[str]], marks: dict[str, Any], case: Case
) -> Iterator[list[Any]]:
    """The arguments with an axis removed, or with fewer entries along an axis."""
    lengths = {
        name: n
        for own, value in zip(axes, case.arguments, strict=True)
        for name, n in zip(own, _lengths(value), strict=True)
    }
    fixed = {own[-1] for n, own in zip(names, axes, strict=True) if own and _is(marks, n, Simplex)}
    free = [axis for axis in lengths if axis.startswith("...")]
    for axis, length in lengths.items():
        if length == 1 and axis in free and len(lengths) > 1:
            yield [_without(v, own, axis) for own, v in zip(axes, case.arguments, strict=True)]
        if length == 1 or axis in fixed:
            continue
        for kept in ([0], [length - 1], *(_all_but(length, k) for k in range(length))):
            values = [
                np.take(v, kept, axis=own.index(axis)) if axis in own else v
                for own, v in zip(axes, case.arguments, strict=True)
            ]
            if _labels_fit(names, marks, axis, len(kept), values):
                yield values


def _without(value: Any, own: list[str], axis: str) -> Any:
    return np.squeeze(value, own.index(axis)) if axis in own else value


def _all_but(length: int, k: int) -> list[int]:
    return [i for i in range(length) if i != k]


def _labels_fit(
    names: list[str], marks: dict[str, Any], axis: str, length: int, values: list[Any]
) -> bool:
    """Whether all labels that count along this axis are below its new length."""
    return all(
        np.max(value, initial=0) < length
        for name, value in zip(names, values, strict=True)
        for mark in marks.get(name, ())
        if isinstance(mark, Below) and mark.size == axis
    )


def _simpler(names: list[str], marks: dict[str, Any], case: Case) -> Iterator[list[Any]]:
    """The arguments with one of them rounded, set to ones, or with one entry set to 0."""
    for at, (name, value) in enumerate(zip(names, case.arguments, strict=True)):
        if _is(marks, name, Below | Between | Simplex | Try):
            continue
        array = np.asarray(value)
        yield _with(case, at, np.round(array))
        yield _with(case, at, np.ones_like(array))
        for index in np.ndindex(array.shape):
            if array[index]:
                changed = array.copy()
                changed[index] = 0
                yield _with(case, at, changed)


def _with(case: Case, at: int, array: Any) -> list[Any]:
    changed = array.item() if isinstance(case.arguments[at], float) else array
    return [changed if k == at else value for k, value in enumerate(case.arguments)]


def _is(marks: dict[str, Any], name: str, kinds: Any) -> bool:
    return any(isinstance(mark, kinds) for mark in marks.get(name, ()))
