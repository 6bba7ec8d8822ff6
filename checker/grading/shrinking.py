"""Shrink a failing case: remove and simplify entries as long as the submission still fails on it.

Free axes become rows and columns, as in a text. Rows and columns are removed in all arguments that
share the axis, fractions become whole numbers, -0 becomes 0, and entries are set to 0. The case
stays in the domain of the operation: labels remain valid, distributions are not changed, and a case
that the reference cannot compute is dropped.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import Any

import numpy as np

from checker.cases import forms
from checker.cases.answering import answered
from checker.cases.case_set import Case, numbers
from checker.cases.case_set import size as size_of
from checker.cases.checksum import checksum
from checker.cases.counterexample import oddness
from checker.cases.forms import Form, form
from checker.cases.judge import Judgement, judge
from checker.course.assignment import Task
from checker.sandbox.messages import Ask
from reference.spec import Below, Between, Simplex, Try

MOST_CANDIDATES = 300  # a number and not a time, so that the same case is found again
MOST_ENTRIES = 12  # of an array that is simplified entry by entry
SMALL_NUMBER = 3
ASKED_TOGETHER = 4  # candidates
OUTSIDE = (ValueError, IndexError, ZeroDivisionError)  # raised outside of the domain


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
    if asked.open:  # fewer data are another experiment
        return case, judgement
    left = MOST_CANDIDATES
    while left > 0:
        smaller = islice(_smaller(spec, asked, case), left)
        failing: list[tuple[Case, Judgement]] = []
        while not failing and (few := list(islice(smaller, ASKED_TOGETHER))):
            left -= len(few)
            replies = ask(task.function, len(asked.results), [each.arguments for each in few])
            judged = [(c, judge(c, r)) for c, r in zip(few, replies, strict=False)]
            failing = [(c, j) for c, j in judged if _still_fails(judgement, j)]
        if not failing:
            break
        smallest, now = failing[0]
        again = ask(task.function, len(asked.results), [smallest.arguments])
        if not (again and _alike(judge(smallest, again[0]), now)):
            break  # earlier calls change what the submission answers, so no single call shows it
        case, judgement = smallest, now
    return case, judgement


def _alike(one: Judgement, other: Judgement) -> bool:
    """Whether two judgements on the same case have the same verdict and the same results."""
    return one.verdict == other.verdict and all(
        np.array_equal(a, b, equal_nan=True) if isinstance(a, np.ndarray) else a == b
        for a, b in zip(one.results, other.results, strict=True)
    )


def _still_fails(before: Judgement, now: Judgement) -> bool:
    """Whether a case has the same verdict as before, with one of the same results wrong."""
    if now.verdict != before.verdict:
        return False
    return not before.right or any(
        was is is_now is False for was, is_now in zip(before.right, now.right, strict=True)
    )


def _order(case: Case) -> tuple[Any, ...]:
    """The sort key of cases: rows and columns, few entries, whole numbers, few digits, many zeros.

    An entry of -0 is worse than anything that takes its place.
    """
    arrays = list(map(numbers, case.arguments))
    axes, minus = oddness(case)
    digits = sum(len(f"{abs(v):.6g}") for array in arrays for v in np.ravel(array))
    free, others = sum(a.ndim for a in arrays), sum(map(np.count_nonzero, arrays))
    return axes, minus, size_of(case.arguments), digits, free, int(others)


def _smaller(spec: Any, asked: Form, case: Case) -> Iterator[Case]:
    """Smaller cases in the domain of the operation, with their expected results.

    The smallest comes first: most of them fail too, so few expected results need be computed.
    """
    marks = {argument.name: argument.marks for argument in spec.arguments}
    names = [part.name for part in asked.arguments]
    pairs = zip(asked.arguments, case.arguments, strict=True)
    axes = [_axes(part.axes, len(_lengths(value))) for part, value in pairs]
    simpler = () if case.extreme else _simpler(names, marks, case)
    now, found = _order(case), dict[bytes, tuple[tuple[Any, ...], list[Any]]]()
    for values in (*_flatter(axes, case), *_shorter(names, axes, marks, case), *simpler):
        inputs = {n: v for n, v in zip(names, values, strict=True) if n in marks}
        with np.errstate(all="ignore"), contextlib.suppress(*OUTSIDE):
            order = _order(Case(values, []))
            if order < now and (spec.possible is None or spec.possible(**inputs)):
                found.setdefault(checksum(values), (order, values))
    for _, values in sorted(found.values(), key=itemgetter(0)):
        with contextlib.suppress(*OUTSIDE):
            yield replace(answered(asked, values), extreme=case.extreme)


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


def _flatter(axes: list[list[str]], case: Case) -> Iterator[list[Any]]:
    """The arguments with all their free axes made one, and with one more if there is no other."""
    free = max(([a for a in own if a.startswith("...")] for own in axes), key=len)
    count = 1 if any(len(own) > len(free) for own in axes) else 2
    if len(free) != count and all(set(own) >= set(free) or not _is_free(own) for own in axes):
        yield [
            _reshaped(v, own, count) if _is_free(own) else v
            for own, v in zip(axes, case.arguments, strict=True)
        ]


def _is_free(own: list[str]) -> bool:
    return any(axis.startswith("...") for axis in own)


def _reshaped(value: Any, own: list[str], count: int) -> Any:
    at = [i for i, axis in enumerate(own) if axis.startswith("...")]
    lengths = value.shape[at[0] : at[-1] + 1]
    new = (int(np.prod(lengths)),) if count == 1 else (int(np.prod(lengths[:-1])), lengths[-1])
    return value.reshape(*value.shape[: at[0]], *new, *value.shape[at[-1] + 1 :])


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
        if length == 1 or axis in fixed or axis.isdigit():  # a length that the task gives
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
    """The arguments with simpler numbers: in all of them, in one of them, or in one entry."""
    simple = {
        at: _simplified(np.asarray(value), marks.get(name, ()))
        for at, (name, value) in enumerate(zip(names, case.arguments, strict=True))
        if _is_real(value) and not _is(marks, name, Below | Simplex | Try)
    }
    for choice in zip(*simple.values(), strict=True):
        yield _with(case, dict(zip(simple, choice, strict=True)))
    for at, choices in simple.items():
        yield from (_with(case, {at: array}) for array in choices)
        if choices[0].size <= MOST_ENTRIES and not _is(marks, names[at], Between):
            yield from (_with(case, {at: array}) for array in _entry_by_entry(case.arguments[at]))


def _is_real(value: Any) -> bool:
    return isinstance(value, float | np.ndarray) and np.asarray(value).dtype.kind == "f"


def _simplified(array: Any, marks: tuple[Any, ...]) -> tuple[Any, ...]:
    """Simpler arrays: whole numbers, small ones, ones, no -0. In an interval, one decimal."""
    interval = next((mark for mark in marks if isinstance(mark, Between)), None)
    if interval is not None:
        rounded = np.round(array, 1) + 0.0
        inside = (rounded > interval.low) & (rounded < interval.high)
        return (np.where(inside, rounded, array).astype(array.dtype),) * 4
    whole = np.round(array) + 0.0
    return whole, np.clip(whole, -SMALL_NUMBER, SMALL_NUMBER), np.ones_like(array), array + 0.0


def _entry_by_entry(value: Any) -> Iterator[Any]:
    """Arrays in which one entry is 0, or the nearest small whole number."""
    array = np.asarray(value)
    for index in np.ndindex(array.shape):
        small = np.clip(np.round(array[index]), -SMALL_NUMBER, SMALL_NUMBER) + 0.0
        for simple in (0, small):
            if array[index] != simple:
                changed = array.copy()
                changed[index] = simple
                yield changed


def _with(case: Case, changed: dict[int, Any]) -> list[Any]:
    return [
        value
        if at not in changed
        else changed[at].item()
        if isinstance(value, float)
        else changed[at]
        for at, value in enumerate(case.arguments)
    ]


def _is(marks: dict[str, Any], name: str, kinds: Any) -> bool:
    return any(isinstance(mark, kinds) for mark in marks.get(name, ()))
