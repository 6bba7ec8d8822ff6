"""Kinds of cases that a wrong function often fails on while it is right in all others."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from checker.cases.case_set import Case, numbers
from checker.diagnosis.evidence import Evidence
from checker.sandbox import wire

Belongs = Callable[[Case], bool]
Kinds = list[tuple[str, frozenset[int]]]

LEAD = "in cases where "  # of the words for a kind


def kinds(evidence: Evidence) -> Kinds:
    """The kinds in words, which complete the sentence "It is wrong ...", each with its cases."""

    def found() -> Kinds:
        ordinary = [(i, evidence.case_set.cases[i]) for i in evidence.ordinary]
        return [
            (words, frozenset(i for i, case in ordinary if belongs(case)))
            for words, belongs in _kinds(evidence)
        ]

    known: Kinds = evidence.case_set.remembered("kinds", found)
    return known


def _kinds(evidence: Evidence) -> Iterator[tuple[str, Belongs]]:
    cases = evidence.case_set.cases
    axes = dict.fromkeys(a for case in cases for a in evidence.sizes(case) if a.isidentifier())
    arguments = list(enumerate(evidence.form.arguments))[evidence.form.upstream :]
    for at, part in arguments:  # an upstream gradient is the same in all small cases
        if any(isinstance(case.arguments[at], np.ndarray) for case in cases):
            yield from _of_rank(at, part.name)
    for axis in axes:
        yield f"{LEAD}{axis} is greater than 1", partial(_longer, evidence, axis, 1)
        yield f"{LEAD}{axis} is greater than 2", partial(_longer, evidence, axis, 2)
        yield f"{LEAD}{axis} is 1", partial(_single, evidence, axis)
    for a, b in combinations(axes, 2):
        for words, compare in COMPARISONS.items():
            text = f"{LEAD}{a} {words} {b}"
            yield text, partial(_compared, evidence, compare, a, b)
        text = f"{LEAD}{a} and {b} are equal and not 1"
        yield text, partial(_compared, evidence, _equal_and_long, a, b)
    for at, part in arguments:
        yield from _of_argument(evidence, at, part.name)
    for axis in axes:
        yield f"{LEAD}{axis} is odd", partial(_odd, evidence, axis)
        yield f"{LEAD}{axis} is even", partial(_even, evidence, axis)
    for at, part in arguments:
        if all(type(case.arguments[at]) in (int, float) for case in cases):
            yield from _beside_lengths(evidence, at, part.name, list(axes))
            for other, array in arguments:
                if any(isinstance(case.arguments[other], np.ndarray) for case in cases):
                    yield from _beside_numbers(at, part.name, other, array.name)


def _of_rank(at: int, name: str) -> Iterator[tuple[str, Belongs]]:
    for rank in (1, 2, 3):
        words = f"has more than {rank} {'axis' if rank == 1 else 'axes'}"
        yield f"{LEAD}{name} {words}", partial(_deeper, at, rank)
    for rank in (1, 2, 3):
        words = f"has {'a single axis' if rank == 1 else f'{rank} axes'}"
        yield f"{LEAD}{name} {words}", partial(_of_axes, at, rank)
    for rank in (1, 2, 3):
        words = f"has more or fewer than {rank} {'axis' if rank == 1 else 'axes'}"
        yield f"{LEAD}{name} {words}", partial(_of_other_axes, at, rank)


def _beside_lengths(
    evidence: Evidence, at: int, name: str, axes: list[str]
) -> Iterator[tuple[str, Belongs]]:
    """How a number of the task, such as the size of a batch, compares with the lengths."""
    for axis in axes:
        for words, compare in LENGTHS.items():
            text = f"{LEAD}{axis} {words} {name}"
            yield text, partial(_compared_with, evidence, compare, axis, at)


def _beside_numbers(at: int, name: str, other: int, array: str) -> Iterator[tuple[str, Belongs]]:
    """How a number of the task, such as a threshold, compares with those of an array."""
    for words, compare in NUMBERS.items():
        text = f"{LEAD}{array} has a number {words} {name}"
        yield text, partial(_any_beside, compare, at, other)


COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "is not equal to": lambda a, b: a != b,
    "is equal to": lambda a, b: a == b,
    "is greater than": lambda a, b: a > b,
    "is smaller than": lambda a, b: a < b,
}


LENGTHS: dict[str, Callable[[float, float], bool]] = {
    "is no multiple of": lambda length, number: number > 0 and length % number != 0,
    "is smaller than": lambda length, number: length < number,
    "is greater than": lambda length, number: length > number,
    "is equal to": lambda length, number: length == number,
}
NUMBERS: dict[str, Callable[[Any, Any], Any]] = {
    "equal to": np.equal,
    "greater than": np.greater,
    "smaller than": np.less,
}


def _of_argument(evidence: Evidence, at: int, name: str) -> Iterator[tuple[str, Belongs]]:
    given = [case.arguments[at] for case in evidence.case_set.cases]
    single = [v for v in given if isinstance(v, bool | int | float | str)]
    if len(single) == len(given):
        special = {v for v in single if isinstance(v, bool | str) or v in (0, 1)}
        for value in sorted(special, key=str):
            yield f"{LEAD}{name} is {_spoken(value)}", partial(_is, at, value)
            if not isinstance(value, bool):  # what is not False is True
                yield f"{LEAD}{name} is not {_spoken(value)}", partial(_is_not, at, value)
        if not any(isinstance(v, str) for v in single):
            for words, hits in SINGLE.items():
                yield f"{LEAD}{name} is {words}", partial(_hits, at, hits)
        return
    if not any(isinstance(v, np.ndarray) for v in given):
        for word in dict.fromkeys(word for value in given for word in _steps(value)):
            yield f"{LEAD}{name} has a step {word!r}", partial(_has_step, at, word)
        return
    for words, hits in ARRAYS.items():
        yield f"{LEAD}{name} {words}", partial(_hits, at, hits)


def _spoken(value: bool | float | str) -> str:
    return repr(value) if isinstance(value, bool | str) else f"{value:g}"


def _steps(value: Any) -> list[str]:
    """The words with which the steps of a tape begin; of other values there are none."""
    steps = value if isinstance(value, list | tuple) else ()
    return [s[0] for s in steps if isinstance(s, list | tuple) and s and isinstance(s[0], str)]


def _has_step(at: int, word: str, case: Case) -> bool:
    return word in _steps(case.arguments[at])


SINGLE: dict[str, Callable[[Any], bool]] = {
    "negative": lambda v: bool(v < 0),
    "positive": lambda v: bool(v > 0),
    "greater than 1": lambda v: bool(v > 1),
    "smaller than 1": lambda v: bool(v < 1),
}
ARRAYS: dict[str, Callable[[Any], bool]] = {
    "has a negative number": lambda v: bool((v < 0).any()),
    "has a positive number": lambda v: bool((v > 0).any()),
    "has a zero": lambda v: bool((v == 0).any()),
    "has a number greater than 1": lambda v: bool((v > 1).any()),
    "has as many rows as columns": lambda v: v.ndim > 1 and v.shape[-1] == v.shape[-2] > 1,
    "has numbers of both signs": lambda v: bool((v < 0).any() and (v > 0).any()),
    "has the largest number of a row more than once": lambda v: _tied(v),
    "has equal numbers": lambda v: len(np.unique(v)) < v.size,
    "has a column of equal numbers": lambda v: v.ndim == 2 and bool((v == v[:1]).all(0).any()),
    "has several numbers": lambda v: v.size > 1,
    "lies in memory column by column, as a transpose does": wire.by_columns,
    "is single precision (float32)": lambda v: v.dtype == np.float32,
}


def _tied(value: Any) -> bool:
    """Whether the largest number of some row is there more than once."""
    if not value.size or not value.ndim:
        return False
    return bool(((value == value.max(axis=-1, keepdims=True)).sum(axis=-1) > 1).any())


def _hits(at: int, hits: Callable[[Any], bool], case: Case) -> bool:
    value = case.arguments[at]
    return hits(numbers(value) if isinstance(value, list | tuple) else value)


def _is(at: int, value: Any, case: Case) -> bool:
    return bool(case.arguments[at] == value)


def _is_not(at: int, value: Any, case: Case) -> bool:
    return bool(case.arguments[at] != value)


def _deeper(at: int, rank: int, case: Case) -> bool:
    return np.ndim(case.arguments[at]) > rank


def _of_axes(at: int, rank: int, case: Case) -> bool:
    return np.ndim(case.arguments[at]) == rank


def _of_other_axes(at: int, rank: int, case: Case) -> bool:
    return np.ndim(case.arguments[at]) != rank


def _compared_with(evidence: Evidence, compare: Any, axis: str, at: int, case: Case) -> bool:
    sizes = evidence.sizes(case)
    return axis in sizes and bool(compare(sizes[axis], case.arguments[at]))


def _any_beside(compare: Any, at: int, other: int, case: Case) -> bool:
    value = case.arguments[other]
    return isinstance(value, np.ndarray) and bool(compare(value, case.arguments[at]).any())


def _odd(evidence: Evidence, axis: str, case: Case) -> bool:
    return evidence.sizes(case).get(axis, 0) % 2 == 1


def _even(evidence: Evidence, axis: str, case: Case) -> bool:
    return evidence.sizes(case).get(axis, 1) % 2 == 0


def _longer(evidence: Evidence, axis: str, length: int, case: Case) -> bool:
    return evidence.sizes(case).get(axis, 0) > length


def _single(evidence: Evidence, axis: str, case: Case) -> bool:
    return evidence.sizes(case).get(axis) == 1


def _equal_and_long(a: int, b: int) -> bool:
    return a == b > 1


def _compared(evidence: Evidence, compare: Any, a: str, b: str, case: Case) -> bool:
    sizes = evidence.sizes(case)
    return a in sizes and b in sizes and bool(compare(sizes[a], sizes[b]))
