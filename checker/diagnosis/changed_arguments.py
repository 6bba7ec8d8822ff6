"""Find out that the answers are the right ones for other arguments.

One argument may be changed in a way that many mistakes amount to, such as its sign, or two
arguments may be exchanged. The reference answers the changed question, and these answers are
compared with the student's.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from checker.cases.mutants import Mutant
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.limited import Effort
from checker.diagnosis.matching import promising, reproduced, thin

Change = Callable[[Any], Any]

CHANGES: tuple[tuple[str, Change], ...] = (
    ("for {a} = 0: is {a} used", lambda a: 0 * a),
    ("for {a} = 1: is {a} used", lambda a: 0 * a + 1),
    ("for {a} with the opposite sign", lambda a: -a),
    ("for the absolute value of {a}", np.abs),
    ("for the square of {a}", lambda a: a * a),
    ("for the square root of {a}", np.sqrt),
    ("for {a} + 1", lambda a: a + 1),
    ("for {a} - 1", lambda a: a - 1),
    ("for 2 times {a}", lambda a: 2 * a),
    ("for half of {a}", lambda a: a / 2),
    ("for 1 - {a}", lambda a: 1 - a),
    ("for 1 / {a}", lambda a: 1 / a),
    ("for the sign of {a}", np.sign),
    ("for the positive part of {a}, without its negative numbers", lambda a: np.maximum(a, 0)),
    ("for {a} cut off at 0 and 1", lambda a: np.clip(a, 0, 1)),
    ("for exp({a})", np.exp),
    ("for log({a})", np.log),
    ("for tanh({a})", np.tanh),
    ("for sigmoid({a})", lambda a: 1 / (1 + np.exp(-a))),
    ("for softmax({a})", lambda a: _softmax(a, -1)),
    ("for {a} rounded to whole numbers", np.round),
    ("for {a} with its rows in the opposite order", lambda a: _array(a)[::-1]),
    ("for {a} sorted", lambda a: np.sort(_array(a), axis=-1)),
    ("for the first row of {a} in place of every row", lambda a: 0 * _array(a) + a[:1]),
    ("for {a} without its first row", lambda a: _array(a)[1:]),
    ("for {a} without its last row", lambda a: _array(a)[:-1]),
    ("for {a} transposed", lambda a: _matrix(a).swapaxes(-1, -2)),
)


GROWING = (np.exp,)
MOST_NAMED = 2  # changes in one finding


def look(evidence: Evidence) -> Finding | None:
    """The first change that explains all wrong results. Few different answers may fit many."""
    return _first(evidence, (*_mutants(evidence), *_other_settings(evidence)))


def exchanged(evidence: Evidence) -> Finding | None:
    """The two arguments that explain all wrong results if one takes the place of the other."""
    return _first(evidence, _exchanges(evidence))


def _first(evidence: Evidence, mutants: Iterable[Mutant]) -> Finding | None:
    found: dict[str, Finding] = {}
    effort = Effort()
    ending = (replace(mutant, call=effort.limited(mutant.call)) for mutant in mutants)
    for mutant in promising(evidence, ending):
        results = reproduced(evidence, mutant)
        if not results or not set(results) >= set(evidence.wrong):
            continue
        words, hint = mutant.misconception, mutant.hint
        found[words] = Finding("other_arguments", "likely", words, hint, results=(*results,))
        if not any(thin(evidence, result) for result in results):
            break
    if not found or len(found) > MOST_NAMED:
        return None
    first, *others = found.values()
    return replace(first, also=tuple(f"Or: {other.misconception}" for other in others))


def _mutants(evidence: Evidence) -> Iterator[Mutant]:
    form = evidence.form
    right = partial(form.call, form.reference)
    for at, part in enumerate(form.arguments):
        for words, change in CHANGES:
            called = _words(words, part.name)
            yield _mutant(called, partial(_changed, right, at, change), part.name)
    yield from _exchanges(evidence)


def _exchanges(evidence: Evidence) -> Iterator[Mutant]:
    form = evidence.form
    right = partial(form.call, form.reference)
    for a, b in combinations(range(len(form.arguments)), 2):
        one, other = form.arguments[a].name, form.arguments[b].name
        words = f"if {one} and {other} were exchanged"
        yield _mutant(words, partial(_exchanged, right, a, b), f"{one}, and for {other}")
        words = f"for {one} also in place of {other}"
        yield _mutant(words, partial(_copied, right, a, b), other)
        words = f"for {other} also in place of {one}"
        yield _mutant(words, partial(_copied, right, b, a), one)


def _other_settings(evidence: Evidence) -> Iterator[Mutant]:
    """The right answers with another value of a setting that the task fixes."""
    form, spec = evidence.form, evidence.spec
    for argument in spec.operation.arguments:
        for value in argument.tried if argument.name in spec.fixed else ():
            usual = spec.fixed[argument.name]
            if value != usual:
                words = f"with {argument.name} = {value!r}: this task has {usual!r}"
                call = partial(form.call, partial(_set, form.reference, {argument.name: value}))
                yield _mutant(words, call, argument.name)


def _set(function: Any, settings: dict[str, Any], *data: Any, **given: Any) -> Any:
    return function(*data, **{**given, **settings})


def _words(template: str, name: str) -> str:
    return template.format(a=name)


def _mutant(words: str, call: Any, names: str) -> Mutant:
    text, _, question = words.partition(": ")
    doubt = (
        f"; {question}." if question.startswith("this") else f": {question}?" if question else "."
    )
    return Mutant(
        f"as if {words}",
        "mistake",
        f"Your answers are the right ones {text}{doubt}",
        f"Which value does your function take for {names}, and what happens to it on the way?",
        call,
        generic=True,
    )


def _changed(right: Any, at: int, change: Change, values: list[Any]) -> tuple[Any, ...]:
    value = values[at]
    if isinstance(value, bool):
        value = not value if change is CHANGES[0][1] else value
        return _answer(right, [*values[:at], value, *values[at + 1 :]])
    if isinstance(value, int) and change in GROWING:
        raise ValueError("a number of steps or rows must not explode")
    changed = change(value if isinstance(value, int | float) else _array(value))
    if np.shape(value) == () and not isinstance(value, np.ndarray):
        changed = type(value)(changed)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        changed = np.asarray(changed).astype(value.dtype)
    return _answer(right, [*values[:at], changed, *values[at + 1 :]])


def _exchanged(right: Any, a: int, b: int, values: list[Any]) -> tuple[Any, ...]:
    other = list(values)
    other[a], other[b] = values[b], values[a]
    return _answer(right, other)


def _copied(right: Any, source: int, target: int, values: list[Any]) -> tuple[Any, ...]:
    other = list(values)
    other[target] = values[source]
    return _answer(right, other)


def _answer(right: Any, values: list[Any]) -> tuple[Any, ...]:
    answer: tuple[Any, ...] = right(values)
    return answer


def _array(value: Any) -> Any:
    if not isinstance(value, np.ndarray) or not value.ndim:
        raise ValueError("this is no array")
    return value


def _matrix(value: Any) -> Any:
    if value.ndim < 2:
        raise ValueError("this has no rows and columns")
    return value


def _softmax(value: Any, axis: int) -> Any:
    powers = np.exp(value - np.max(value, axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)
