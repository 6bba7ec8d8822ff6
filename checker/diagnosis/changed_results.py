"""Find out that a wrong result is made from a right one by a simple step.

The step is a function of one right result, such as its square, or also of one argument: the result
may be multiplied by it once too often. One step has to explain all cases, also those that are in no
case set.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from checker.cases.case_set import Case
from checker.cases.forms import Form, form
from checker.diagnosis.evidence import Evidence, same, sentence, smooth
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import thin
from checker.diagnosis.small_changes import POWERS

ORDER = "In which order does the text ask for the results, and how many are there?"
OWN = "Compare the last lines of your function with the formula in the text."
HINTS = {
    "1 / the right value": "Where do the brackets open and close around what is divided by?",
    "added up": "Which number does the text let begin at 0 again, and where does yours begin?",
    "without its fraction": "Is a number kept in an array of whole numbers, or divided with //?",
    "one number, the ": "Which shape does the text ask for? What is left of it by a sum or a mean?",
    "0 in place of the others": "How often does the loop run? A `return` ends the function.",
    "not its gradient": "Which formula of the text is the derivative of this one?",
    "in each entry": "Which line uses the arguments, and what becomes of them after it?",
}

# From the right results of a case and its arguments to an answer.
Step = Callable[[list[Any], list[Any]], Any]

STEPS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("the right value with the opposite sign", np.negative),
    ("the absolute value of the right one", np.abs),
    ("the square of the right value", np.square),
    ("the square root of the right value", np.sqrt),
    ("1 / the right value", np.reciprocal),
    ("1 - the right value", lambda r: 1 - r),
    ("the right value + 1", lambda r: r + 1),
    ("the right value - 1", lambda r: r - 1),
    ("exp of the right value", np.exp),
    ("log of the right value", np.log),
    ("the sign of the right value", np.sign),
    ("the right value cut off at 0 and 1", lambda r: np.clip(r, 0, 1)),
    ("the right value cut off at -1 and 1", lambda r: np.clip(r, -1, 1)),
    *(
        (
            f"the right value cut off at 1e-{k} and 1 - 1e-{k}",
            partial(np.clip, a_min=10.0**-k, a_max=1 - 10.0**-k),
        )
        for k in POWERS
    ),
    ("the right value without negative numbers, which are 0", lambda r: np.maximum(r, 0)),
    ("the right value rounded to a whole number", np.round),
    ("the right value without its fraction", np.trunc),
    ("the right value rounded down", np.floor),
    ("the right value rounded up", np.ceil),
    ("the right value transposed", lambda r: _rank(r, 2).swapaxes(-1, -2)),
    ("the right one with its rows in the opposite order", lambda r: _rank(r, 1)[::-1]),
    ("the right one with its columns in the opposite order", lambda r: _rank(r, 2)[:, ::-1]),
    ("the right one, one row too late", lambda r: np.concatenate([0 * r[:1], r[:-1]])),
    ("the right one, one row too early", lambda r: np.concatenate([r[1:], 0 * r[:1]])),
    ("the right one with its first row in place of the later ones", lambda r: 0 * r + r[:1]),
    ("the right one with its last row in place of the others", lambda r: 0 * r + r[-1:]),
    ("the right one, but added up row after row", lambda r: np.cumsum(_rank(r, 1), axis=0)),
    ("the right one, but added up column after column", lambda r: np.cumsum(_rank(r, 2), axis=1)),
    ("the right one, but added up number after number", lambda r: _added(_rank(r, 2))),
    ("one number, the sum of the right ones", np.sum),
    ("one number, the mean of the right ones", np.mean),
    ("the right one in its first entry, with 0 in place of the others", lambda r: _first(r)),
    ("the right one, but sorted", lambda r: np.sort(_rank(r, 1), axis=-1)),
    ("the right one minus its mean", lambda r: r - r.mean()),
    ("the right one minus the mean of its rows", lambda r: r - r.mean(axis=0)),
    ("the right one divided by its sum", lambda r: r / r.sum()),
    ("the right one divided by the sum of each row", lambda r: r / _sum(r, -1)),
    ("the right one divided by its largest absolute value", lambda r: r / np.abs(r).max()),
    (
        "the right one divided by its length (the root of the sum of squares)",
        lambda r: r / _norm(r),
    ),
    ("the mean of the right one in every entry", lambda r: 0 * r + _rank(r, 1).mean()),
    ("the mean of the rows of the right one in every row", lambda r: 0 * r + _rank(r, 2).mean(0)),
    ("the sum of the right one in every entry", lambda r: 0 * r + _rank(r, 1).sum()),
    ("the right one with its first row set to 0", lambda r: _without(r, 0)),
    ("the right one with its last row set to 0", lambda r: _without(r, -1)),
)
ANOTHER = "what "
UNCHANGED = "{a} as it came in"
WITH_ARGUMENT: tuple[tuple[str, Callable[[Any, Any], Any]], ...] = (
    ("the right value plus {a}", lambda r, a: r + a),
    ("the right value minus {a}", lambda r, a: r - a),
    ("the right value plus 2 times {a}", lambda r, a: r + 2 * a),
    ("the right value minus 2 times {a}", lambda r, a: r - 2 * a),
    ("{a} minus the right value", lambda r, a: a - r),
    ("the right value times {a}", lambda r, a: r * a),
    ("the right value divided by {a}", lambda r, a: r / a),
    ("the right value times the square of {a}", lambda r, a: r * a * a),
    ("the right value divided by the square of {a}", lambda r, a: r / a / a),
    ("the right value times the root of {a}", lambda r, a: r * np.sqrt(a)),
    ("the right value divided by the root of {a}", lambda r, a: r / np.sqrt(a)),
    ("the right value times 1 - {a}", lambda r, a: r * (1 - a)),
    ("the right value divided by 1 - {a}", lambda r, a: r / (1 - a)),
    ("the right value times the sign of {a}", lambda r, a: r * np.sign(a)),
    ("the right value times the absolute value of {a}", lambda r, a: r * np.abs(a)),
    ("2 times the right value minus {a}: the step has the wrong sign", lambda r, a: 2 * r - a),
    ("3 times the right value minus 2 times {a}: the step is 2 times", lambda r, a: 3 * r - 2 * a),
    ("halfway between {a} and the right value", lambda r, a: (r + a) / 2),
    (UNCHANGED, lambda r, a: 0 * r + a),
    ("the right value, but never more than {a}", np.minimum),
    ("the right value, but never less than {a}", np.maximum),
    ("one step behind, and begins with {a}", lambda r, a: np.concatenate([[0 * r[0] + a], r[:-1]])),
)


MOST_NAMED = 2  # steps in one finding
OFTEN = 3  # times that a number comes back, if that is where results are cut off


def look(evidence: Evidence) -> Finding | None:
    """The first step that explains a wrong result. Few different wrong answers may fit many."""
    if order := _order(evidence):
        names = evidence.case_set.results
        found, asked = (", ".join(each) for each in ([names[k] for k in order], names))
        words = f"The results come back in another order: ({found}), where ({asked}) is asked."
        return Finding("results_in_another_order", "likely", words, ORDER)
    for result in evidence.wrong:
        words = _explained(
            evidence,
            result,
            (*_of_value(evidence), *_of_results(evidence, result), *_with(evidence, result)),
        )
        if words:
            own = next((hint for part, hint in HINTS.items() if part in words), OWN)
            hint = ORDER if ANOTHER in words else own
            return Finding("another_result", "likely", words, hint, results=(result,))
    return None


def _order(evidence: Evidence) -> list[int]:
    """Which right result stands in the place of each, or nothing if that is not all."""
    order = list(range(len(evidence.case_set.results)))
    for result in evidence.wrong:
        others = (k for k in evidence.wrong if k != result and _is(evidence, result, k))
        if (other := next(others, None)) is None:
            return []
        order[result] = other
    return order if evidence.wrong and len({*order}) == len(order) else []


def _is(evidence: Evidence, result: int, other: int) -> bool:
    """Whether a result is what another one should be, in every case."""
    step = partial(_of_result, other, np.positive)
    return _holds(evidence, result, step) and _holds(evidence.elsewhere, result, step, True)


def by_an_argument(evidence: Evidence, result: int) -> str:
    """A sentence about the argument that makes the right result wrong, or nothing."""
    return _explained(evidence, result, _with(evidence, result))


def _explained(evidence: Evidence, result: int, steps: Iterable[tuple[str, Step]]) -> str:
    """The steps that explain a result, in a sentence, if they are few enough to name."""
    found: list[str] = []
    doubtful = thin(evidence, result)
    for words, step in steps:
        if _holds(evidence, result, step) and _holds(evidence.elsewhere, result, step, True):
            found.append(words)
            if not doubtful or len(found) > MOST_NAMED:
                break
    if not found or len(found) > MOST_NAMED:
        return ""
    name = evidence.case_set.results[result]
    if found == [UNCHANGED.format(a=name)]:
        return sentence(f"{name} is returned as it came in: it is never changed.")
    return sentence(f"{name} is {' or '.join(found)}, in every case.")


def _of_results(evidence: Evidence, result: int) -> Iterator[tuple[str, Step]]:
    for other, name in enumerate(evidence.case_set.results):
        if other != result:
            yield f"{ANOTHER}{name} should be", partial(_of_result, other, np.positive)
    single = all(case.results[result].low.ndim == 1 for case in _ordinary(evidence))
    for words, change in STEPS:
        said = words.replace(" rows", " entries").replace(" row", " entry") if single else words
        yield said, partial(_of_result, result, change)
    yield from _limits(evidence, result)


def _of_value(evidence: Evidence) -> Iterator[tuple[str, Step]]:
    """What the function itself gives, where its gradient is asked."""
    if evidence.form.backward:
        forward = form(evidence.spec, "forward")
        value = partial(_value, forward, evidence.form.upstream)
        yield "the value of the function, and not its gradient", value


def _value(forward: Form, upstream: int, _: list[Any], arguments: list[Any]) -> Any:
    (value,) = forward.call(forward.reference, arguments[upstream:])
    return np.asarray(value, dtype=float)


def _ordinary(evidence: Evidence) -> list[Case]:
    return [evidence.case_set.cases[i] for i in evidence.ordinary]


def _limits(evidence: Evidence, result: int) -> Iterator[tuple[str, Step]]:
    """The right value cut off at the smallest or the largest number that came back, if often."""
    results = range(len(evidence.case_set.results))  # all are cut off alike
    found = [evidence.got(i, k) for i in evidence.ordinary for k in results]
    numbers = np.concatenate([np.ravel(got) for got in found if got is not None] or [np.zeros(1)])
    if not numbers.size:
        return
    low, high = numbers.min(), numbers.max()
    at_low, at_high = (np.count_nonzero(numbers == end) >= OFTEN for end in (low, high))
    if low == high:
        yield f"{low:.4g} in each entry", partial(_of_result, result, partial(_all, low))
        return
    if at_low:
        words = f"the right value, but never less than {low:.4g}"
        yield words, partial(_of_result, result, partial(np.maximum, low))
    if at_high:
        words = f"the right value, but never more than {high:.4g}"
        yield words, partial(_of_result, result, partial(np.minimum, high))
    if at_low and at_high:
        words = f"the right value cut off at {low:.4g} and {high:.4g}"
        yield words, partial(_of_result, result, partial(np.clip, a_min=low, a_max=high))


def _with(evidence: Evidence, result: int) -> Iterator[tuple[str, Step]]:
    for at, part in enumerate(evidence.form.arguments):
        for template, combine in WITH_ARGUMENT:
            yield template.format(a=part.name), partial(_of_argument, result, at, combine)
        yield f"the length of {part.name}", partial(_length, result, at, 0)
        yield f"the length of {part.name} minus 1", partial(_length, result, at, 1)


def _length(result: int, at: int, less: int, rights: list[Any], arguments: list[Any]) -> Any:
    return 0 * np.asarray(rights[result], dtype=float) + len(arguments[at]) - less


def _of_result(result: int, change: Any, rights: list[Any], _: list[Any]) -> Any:
    return change(np.asarray(rights[result], dtype=float))


def _of_argument(
    result: int, at: int, combine: Any, rights: list[Any], arguments: list[Any]
) -> Any:
    right = np.asarray(rights[result], dtype=float)
    return combine(right, np.asarray(arguments[at], dtype=float))


def _holds(evidence: Evidence, result: int, step: Step, seldom: bool = False) -> bool:
    """Whether a step gives the student's result in every case, and a wrong one in some.

    With `seldom`, it need not give a wrong one.
    """
    differs = seldom
    for i in evidence.ordinary:
        case, got = evidence.case_set.cases[i], evidence.got(i, result)
        if got is None:
            return False
        want = case.results[result]
        try:
            expected = step([each.low for each in case.results], case.arguments)
        except (ValueError, TypeError, IndexError):
            return False
        exact = smooth(case, result, np.shape(expected))
        if not same(got, expected, exact, _bound(case, np.shape(expected))):
            return False
        alike = np.shape(expected) == np.shape(want.low)
        unchanged = alike and same(np.asarray(expected), want.low, exact, want.bound)
        differs = differs or not unchanged
    return differs


def _bound(case: Case, shape: tuple[int, ...]) -> Any:
    """The largest bound of the results of this shape, which may have been exchanged."""
    bounds = [result.bound for result in case.results if np.shape(result.low) == shape]
    return np.maximum.reduce(bounds) if bounds else 0.0


def _rank(right: Any, least: int) -> Any:
    if right.ndim < least:
        raise ValueError("it has too few axes")
    return right


def _added(right: Any) -> Any:
    return np.cumsum(right).reshape(right.shape)


def _first(right: Any) -> Any:
    alone = np.zeros_like(_rank(right, 1))
    alone.flat[:1] = right.flat[:1]
    return alone


def _all(number: float, right: Any) -> Any:
    return np.full_like(right, number)


def _sum(right: Any, axis: int) -> Any:
    return _rank(right, 1).sum(axis=axis, keepdims=True)


def _norm(right: Any) -> Any:
    return np.sqrt(np.sum(np.square(right)))


def _without(right: Any, row: int) -> Any:
    changed = np.array(_rank(right, 1))
    changed[row] = 0
    return changed
