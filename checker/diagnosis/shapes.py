"""Find right values in a wrong shape: transposed, not reduced over an axis, or with an extra axis.

One repair must make every answer right, including the answers to held-out cases and those whose
shape is right by chance.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.cases.case_set import Case
from checker.diagnosis.evidence import Evidence, is_right, sentence
from checker.diagnosis.finding import Finding

Repair = tuple[str, Callable[[Any], Any], str, str]  # id, function, misconception, hint

Pair = tuple[Case, Any]  # a case and the array that was returned

SHAPE_HINT = "Which shape does the text ask for?"
GRADIENT_HINT = "Which shape should it have? A gradient has the shape of the array it belongs to."

SUM_HINT = "Python's own sum adds up the rows, and np.sum all entries: which one is asked for?"
AGAIN_HINT = "Which array that you make or use has this axis, and should a part of it have it?"
AXES_HINT = "What does keepdims=True do, and do you need it here?"


def look(evidence: Evidence) -> Finding | None:
    if any(evidence.judged[i].verdict == "crashed" for i in evidence.ordinary):
        return None  # the shape is right or wrong, but that is not what ends it
    for result in evidence.wrong:
        pairs = _pairs(evidence, result)
        if all(got.shape == case.results[result].low.shape for case, got in pairs):
            continue
        if all(_only_reshaped(each, result) for each in (evidence, evidence.elsewhere)):
            who = sentence(evidence.case_set.results[result])
            words = f"{who} has the right values, but an axis of length 1 is too much or missing."
            return Finding("axes_of_length_one", "certain", words, AXES_HINT)
        for name, repair, words, question in _repairs(evidence, pairs, result):
            if _repaired(pairs, result, repair) and _repaired(
                _pairs(evidence.elsewhere, result), result, repair
            ):
                who = evidence.case_set.results[result]
                if evidence.form.backward and question == SHAPE_HINT:
                    question = GRADIENT_HINT
                return Finding(name, "certain", sentence(words.format(who=who)), question)
    return None


def _only_reshaped(evidence: Evidence, result: int) -> bool:
    """Whether the values are right in every case, also where the shape is not."""
    judged = [evidence.judged[i] for i in evidence.ordinary]
    flags = [j.reshaped if j.right and not j.right[result] else j.right for j in judged]
    return all(row[result : result + 1] == (True,) for row in flags)


def _pairs(evidence: Evidence, result: int) -> list[Pair]:
    pairs = [(evidence.case_set.cases[i], evidence.got(i, result)) for i in evidence.ordinary]
    return [(case, got) for case, got in pairs if got is not None]


def _repaired(pairs: list[Pair], result: int, repair: Callable[[Any], Any]) -> bool:
    try:
        return all(is_right(case, result, np.asarray(repair(got))) for case, got in pairs)
    except (ValueError, IndexError):  # the repair cannot be applied
        return False


def _repairs(evidence: Evidence, pairs: list[Pair], result: int) -> list[Repair]:
    repairs: list[Repair] = [
        ("transposed", np.transpose, "The values of {who} are right, but transposed.", SHAPE_HINT),
        (
            "flattened",
            np.ravel,
            "The values of {who} are right, but they should be in an array with a single axis.",
            SHAPE_HINT,
        ),
    ]
    for name, reduce, hint in (("summed", np.sum, SUM_HINT), ("averaged", np.mean, SHAPE_HINT)):
        words = f"{{who}} has to be {name} over all entries; then it is right."
        repairs.append((f"not_{name}", reduce, words, hint))
    for axis in range(max(got.ndim for _, got in pairs)):
        where = _named(evidence, pairs, axis)
        words = f"{{who}} has the right numbers, but again and again along {where}."
        repairs.append(("repeated", partial(_once, axis), words, AGAIN_HINT))
        for name, reduce in (("summed", np.sum), ("averaged", np.mean)):
            repairs.append(
                (
                    f"not_{name}",
                    partial(_reduced, reduce, axis),
                    f"{{who}} has to be {name} over {where}; then it is right.",
                    SHAPE_HINT,
                )
            )
    return repairs


def _once(axis: int, got: Any) -> Any:
    """The first of several equal parts along an axis."""
    if not got.shape[axis] or np.any(got != got.take([0], axis)):
        raise ValueError("they are not equal")
    return got.take(0, axis)


def _reduced(reduce: Callable[..., Any], axis: int, got: Any) -> Any:
    if not got.shape[axis]:
        raise ValueError("the axis is empty")
    return reduce(got, axis=axis)


def _named(evidence: Evidence, pairs: list[Pair], axis: int) -> str:
    """The axis in words, with its name if the lengths in all cases allow only some names."""
    names = {
        name
        for name in evidence.sizes(pairs[0][0])
        if all(
            got.ndim > axis and evidence.sizes(case).get(name) == got.shape[axis]
            for case, got in pairs
        )
    }
    largest = max((got for _, got in pairs if got.ndim > axis), key=lambda got: got.shape[axis])
    length = f"length {largest.shape[axis]} in one case"
    return f"axis {axis} ({'/'.join(sorted(names))}, {length})" if names else f"axis {axis}"
