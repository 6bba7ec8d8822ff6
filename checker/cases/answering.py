"""The expected results for given arguments, and their tolerance.

A student may compute in float32 or with another algorithm. The tolerance is therefore a multiple of
how far the result moves when the arguments are rounded to single precision: the conditioning of the
question, which no formula can do without.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.case_set import Case
from checker.cases.forms import Answer, Form
from checker.numerics.conditioning import moves
from checker.numerics.equations import DOUBLE, SINGLE, is_real, largest

OTHER_ALGORITHMS = 64.0  # how much larger the error of another correct algorithm may be
SMALL_BESIDE = 8.0  # how much less of the largest entry than of its own an entry may lose
TOLERANCE_FLOOR = 1e-30


def answered(form: Form, values: list[Any]) -> Case:
    """The case with these arguments and the expected results."""
    with np.errstate(all="ignore"):
        answers = form.answers(values)
        terms = largest(form.terms(values))
    upstream = max(map(largest, values[: form.upstream]), default=float(form.backward))
    upstream = max(upstream, terms * (upstream or 1.0))
    # In a result near zero, numbers of the size of the inputs, or of 1, may have cancelled.
    reals = [value for value in values if is_real(value)]
    cancelled = DOUBLE * max([1.0, *map(largest, reals)])
    errors = [error + cancelled for error in _errors(form, values, answers)]
    pairs = zip(answers, errors, strict=True)
    return Case(values, [result(answer, error, upstream) for answer, error in pairs])


def result(answer: Answer, error: Any = 0.0, upstream: float = 0.0) -> Result:
    """The expected result, with a tolerance computed from its error in single precision.

    An entry that is small beside the others, or beside the upstream gradient, is what larger terms
    leave. A decision, a label and what a statistical test measures have no error.
    """
    low, high = np.asarray(answer.low), np.asarray(answer.high)
    if low.dtype.kind != "f" or answer.measured:
        size = np.zeros(low.shape)
    else:
        terms = max(largest(low), largest(high), upstream) / SMALL_BESIDE
        size = error / SINGLE + np.maximum(np.abs(low), np.abs(high)) + terms
    return Result(low.astype(float), high.astype(float), tolerance(size), answer.total)


def tolerance(size: Any) -> Any:
    """The tolerance of a result that is computed from numbers of this size."""
    finite = np.where(np.isfinite(size), size, 0.0)
    return OTHER_ALGORITHMS * SINGLE * finite + TOLERANCE_FLOOR


def _errors(form: Form, values: list[Any], answers: tuple[Answer, ...]) -> list[Any]:
    """How far each result moves when the arguments are rounded to single precision."""
    if any(answer.measured for answer in answers):
        return [0.0] * len(answers)

    def ends(arguments: Mapping[str, Any]) -> list[Any]:
        found = form.answers([arguments[str(i)] for i in range(len(values))])
        return [end for answer in found for end in (answer.low, answer.high)]

    base = [end for answer in answers for end in (answer.low, answer.high)]
    named = {str(i): value for i, value in enumerate(values)}
    found = moves(ends, named, base, decisions=form.continuous)
    return [np.maximum(*found[k : k + 2]) for k in range(0, len(found), 2)]
