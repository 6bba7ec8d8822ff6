"""The expected results for given arguments: the reference's results in float64, and a tolerance.

A student may compute in float32 or with another algorithm. The tolerance is therefore a multiple of
the rounding error that the reference's own formula has in single precision.
"""

from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.case_set import Case
from checker.cases.forms import Answer, Form
from checker.numerics.error_bounds import ErrorBounded

SINGLE_PRECISION = 2.0**-24
OTHER_ALGORITHMS = 64.0  # how much larger the error of another correct algorithm may be
TOLERANCE_FLOOR = 1e-30


def answered(form: Form, values: list[Any]) -> Case:
    """The case with these arguments and the expected results.

    The arguments carry an error themselves, because a computation in float32 first rounds them.
    """
    rounded = [
        ErrorBounded(value, abs(value)) if is_real(value) or isinstance(value, float) else value
        for value in values
    ]
    return Case(values, [result(answer) for answer in form.answers(rounded)])


def result(answer: Answer) -> Result:
    """The expected result, with a tolerance computed from the error of the answer."""
    error = np.maximum(answer.low.error, answer.high.error)
    return Result(answer.low.value, answer.high.value, tolerance(error))


def tolerance(size: Any) -> Any:
    """The tolerance of a result that is computed from numbers of this size."""
    return OTHER_ALGORITHMS * SINGLE_PRECISION * size + TOLERANCE_FLOOR


def is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"
