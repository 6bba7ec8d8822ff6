"""What is special about a case: about its arguments, each by itself and beside the others.

A function may be right for equal scores and for a limit of zero, and wrong for both at once. So a
case set has every two features together that some candidate has together (`generation`). Features
follow from the values and from the decisions of the reference: no mistake is known here.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.cases import branches
from checker.cases.branches import Side
from checker.cases.case_set import Case
from checker.cases.forms import configured, form
from checker.course.assignment import Task
from checker.numerics.equations import is_real

Feature = Side | tuple[str, str]  # where it is, and what it is


def features(task: Task, cases: Sequence[Case]) -> list[frozenset[Feature]]:
    """The features of each case: of its arguments, and the sides of decisions that it reaches."""
    spec, recorder = branches.recorded(configured(task))
    question = form(spec, task.asks)
    names = [part.name for part in question.arguments]
    found = []
    for case in cases:
        with np.errstate(all="ignore"):
            question.answers(case.arguments)
        found.append(recorder.take() | _of_arguments(names, case.arguments))
    return found


def _of_arguments(names: Sequence[str], arguments: Sequence[Any]) -> frozenset[Feature]:
    found: set[tuple[str, str]] = set()
    named = list(zip(names, arguments, strict=False))  # experiments are given what is measured too
    for name, value in named:
        found |= {(name, word) for word in _words(value)}
    for (name, left), (other, right) in combinations(named, 2):
        found |= {(f"{name} and {other}", word) for word in _relations(left, right)}
    return frozenset(found)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, np.ndarray) and value.ndim:
        yield f"{value.ndim} axes"
        yield from (f"axis {k} of one entry" for k, n in enumerate(value.shape) if n == 1)
        yield from (f"axis {k} of several" for k, n in enumerate(value.shape) if n > 1)
        if value.size and value.dtype.kind in "fiu":
            yield from _of_numbers(value)
    elif isinstance(value, tuple | list):
        yield f"{len(value)} entries"
    elif isinstance(value, str | bool | np.bool_) or value is None:
        yield repr(value)
    elif np.ndim(value) == 0:
        yield _size(float(value))


def _of_numbers(array: NDArray[Any]) -> Iterator[str]:
    """What stands where in an array: zeros, signs, equal entries, and its largest entries."""
    yield "a zero" if np.any(array == 0) else "no zero"
    yield " and ".join(w for w, s in (("above 0", array > 0), ("below 0", array < 0)) if np.any(s))
    yield "equal entries" if np.unique(array).size < array.size else "different entries"
    if array.ndim > 1 and len(array) > 1:
        yield "equal rows" if np.all(array == array[:1]) else "different rows"
    if not np.isfinite(array).all():
        yield "an infinite entry"
    largest = array == array.max(axis=-1, keepdims=True)
    yield "several largest" if np.any(largest.sum(axis=-1) > 1) else "one largest"
    if array.ndim == 1:
        yield f"largest {_place(int(array.argmax()), array.size)}"
        yield f"least {_place(int(array.argmin()), array.size)}"


def _place(index: int, count: int) -> str:
    return "first" if index == 0 else "last" if index == count - 1 else "within"


def _size(value: float) -> str:
    for word, holds in (
        ("infinite", np.isinf(value)),
        ("0", value == 0),
        ("1", value == 1),
        ("below 0", value < 0),
        ("a fraction", value < 1),
    ):
        if holds:
            return word
    return "above 1"


def _relations(left: Any, right: Any) -> Iterator[str]:
    if isinstance(left, tuple) and isinstance(right, tuple):
        for k, (m, n) in enumerate(zip(reversed(left), reversed(right), strict=False), 1):
            word = "equal" if m == n else "one of them 1" if 1 in (m, n) else "different"
            yield f"axis -{k} {word}"
        yield "as many axes" if len(left) == len(right) else "other numbers of axes"
    elif is_real(left) and is_real(right) and np.shape(left) == np.shape(right):
        yield "an equal entry" if np.any(np.equal(left, right)) else "no equal entry"
