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

from checker.cases.forms import Form
from checker.cases.mutants import Mutant
from checker.cases.selection import clearly_off
from checker.diagnosis.evidence import Evidence, lengths
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import promising, reproduced, thin
from checker.diagnosis.small_changes import POWERS

Change = Callable[[Any], Any]

# In words, which complete the sentence "Your answers are what comes out if ...".
CHANGES: tuple[tuple[str, Change], ...] = (
    ("0 takes the place of {a}: what does your function do with {a}", lambda a: 0 * a),
    ("1 takes the place of {a}: what does your function do with {a}", lambda a: 0 * a + 1),
    ("{a} has the opposite sign", lambda a: -a),
    ("the absolute value of {a} takes its place", np.abs),
    ("the square of {a} takes its place", lambda a: a * a),
    ("the square root of {a} takes its place", np.sqrt),
    ("{a} + 1 takes the place of {a}", lambda a: a + 1),
    ("{a} - 1 takes the place of {a}", lambda a: a - 1),
    ("2 times {a} takes the place of {a}", lambda a: 2 * a),
    ("half of {a} takes its place", lambda a: a / 2),
    ("1 - {a} takes the place of {a}", lambda a: 1 - a),
    ("1 / {a} takes the place of {a}", lambda a: 1 / a),
    ("the sign of {a} takes its place", np.sign),
    ("0 takes the place of the negative numbers of {a}", lambda a: np.maximum(a, 0)),
    ("{a} is cut off at 0 and 1", lambda a: np.clip(a, 0, 1)),
    ("exp({a}) takes the place of {a}", np.exp),
    ("log({a}) takes the place of {a}", np.log),
    ("tanh({a}) takes the place of {a}", np.tanh),
    ("sigmoid({a}) takes the place of {a}", lambda a: 1 / (1 + np.exp(-a))),
    ("softmax({a}) takes the place of {a}", lambda a: _softmax(_array(a))),
    ("{a} is rounded to whole numbers", np.round),
    ("{a} is rounded down to whole numbers", np.floor),
    ("{a} has its rows in the opposite order", lambda a: _array(a)[::-1]),
    ("{a} is sorted", lambda a: np.sort(_array(a), axis=-1)),
    ("the first row of {a} takes the place of every row", lambda a: 0 * _array(a) + a[:1]),
    ("{a} is without its first row", lambda a: _array(a)[1:]),
    ("{a} is without its last row", lambda a: _array(a)[:-1]),
    ("{a} is transposed", lambda a: _matrix(a).swapaxes(-1, -2)),
    *((f"1e-{k} is added to {{a}}", partial(np.add, 10.0**-k)) for k in POWERS),
    *(
        (
            f"{{a}} is cut off at 1e-{k} and 1 - 1e-{k}",
            partial(np.clip, a_min=10.0**-k, a_max=1 - 10.0**-k),
        )
        for k in POWERS
    ),
)
GROWING = (np.exp,)
MOST_NAMED = 2  # changes in one finding


def look(evidence: Evidence) -> Finding | None:
    """The first change that explains all wrong results. Few different answers may fit many."""
    return _first(evidence, (*mutants(evidence), *_other_settings(evidence)))


def exchanged(evidence: Evidence) -> Finding | None:
    """The two arguments that explain all wrong results if one takes the place of the other."""
    return _first(evidence, _exchanges(evidence))


def _first(evidence: Evidence, mutants: Iterable[Mutant]) -> Finding | None:
    found: dict[str, Finding] = {}
    for mutant in promising(evidence, mutants):
        results = reproduced(evidence, mutant)
        if not set(results) >= set(evidence.wrong) or _is_refuted(evidence, mutant):
            continue
        words, hint = mutant.misconception, mutant.hint
        found[words] = Finding("other_arguments", "likely", words, hint, results=(*results,))
        if not any(thin(evidence, result) for result in results):
            break
    if not found or len(found) > MOST_NAMED:
        return None
    first, *others = found.values()
    return replace(first, also=tuple(f"Or: {other.misconception}" for other in others))


def _is_refuted(evidence: Evidence, mutant: Mutant) -> bool:
    """Whether a right answer to an extreme input is none to the changed one."""
    pairs = zip(evidence.case_set.cases, evidence.judged, evidence.outcomes(mutant), strict=True)
    return any(
        case.extreme and judgement.verdict == "right" and clearly_off(case.results, answer)
        for case, judgement, (answer, _) in pairs
    )


def mutants(evidence: Evidence) -> Iterator[Mutant]:
    """The right answers to changed arguments."""
    form = evidence.form
    right = partial(form.call, form.reference)
    for at, part in enumerate(form.arguments):
        for words, change in CHANGES:
            called = words.format(a=part.name)
            yield _mutant(called, partial(_changed, right, at, change), part.name)
    yield from _exchanges(evidence)
    yield from _scaled(evidence)


def _scaled(evidence: Evidence) -> Iterator[Mutant]:
    """An argument that is added or averaged once for each entry of an axis."""
    form = evidence.form
    axes = dict.fromkeys(a for part in form.arguments for a in part.axes if a.isidentifier())
    for at, part in enumerate(form.arguments):
        for axis in axes:
            for words, power in (("{n} times {a}", 1), ("{a} / {n}", -1)):
                called = f"{words.format(a=part.name, n=axis)} takes the place of {part.name}"
                call = partial(_multiplied, form, at, axis, power)
                yield _mutant(called, call, part.name)


def _exchanges(evidence: Evidence) -> Iterator[Mutant]:
    form = evidence.form
    right = partial(form.call, form.reference)
    for a, b in combinations(range(len(form.arguments)), 2):
        one, other = form.arguments[a].name, form.arguments[b].name
        words = f"{one} and {other} are exchanged"
        yield _mutant(words, partial(_exchanged, right, a, b), f"{one}, and for {other}")
        words = f"{one} is used in place of {other} too"
        yield _mutant(words, partial(_copied, right, a, b), other)
        words = f"{other} is used in place of {one} too"
        yield _mutant(words, partial(_copied, right, b, a), one)


def _other_settings(evidence: Evidence) -> Iterator[Mutant]:
    """The right answers with another value of a setting that the task fixes."""
    form, spec = evidence.form, evidence.spec
    for argument in spec.operation.arguments:
        for value in argument.tried if argument.name in spec.fixed else ():
            usual = spec.fixed[argument.name]
            if value != usual:
                words = f"{argument.name} is {value!r}; this task has {usual!r}"
                call = partial(form.call, partial(_set, form.reference, {argument.name: value}))
                yield _mutant(words, call, argument.name)


def _set(function: Any, settings: dict[str, Any], *data: Any, **given: Any) -> Any:
    return function(*data, **{**given, **settings})


def _mutant(words: str, call: Any, names: str) -> Mutant:
    return Mutant(
        f"as if {words}",
        "mistake",
        f"Your answers are what comes out if {words}{'?' if ': ' in words else '.'}",
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


def _multiplied(form: Form, at: int, axis: str, power: int, values: list[Any]) -> tuple[Any, ...]:
    factor = float(lengths(form, values)[axis]) ** power
    right = partial(form.call, form.reference)
    return _changed(right, at, partial(np.multiply, factor), values)


def _exchanged(right: Any, a: int, b: int, values: list[Any]) -> tuple[Any, ...]:
    _alike(values[a], values[b])
    other = list(values)
    other[a], other[b] = values[b], values[a]
    return _answer(right, other)


def _copied(right: Any, source: int, target: int, values: list[Any]) -> tuple[Any, ...]:
    _alike(values[source], values[target])
    other = list(values)
    other[target] = values[source]
    return _answer(right, other)


def _alike(one: Any, other: Any) -> None:
    """Raise ValueError if one of two arguments cannot stand for the other: an array for a flag."""
    kinds = {(isinstance(v, bool | str), isinstance(v, np.ndarray)) for v in (one, other)}
    if len(kinds) > 1:
        raise ValueError("these arguments are of different kinds")


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


def _softmax(value: Any) -> Any:
    powers = np.exp(value - value.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
