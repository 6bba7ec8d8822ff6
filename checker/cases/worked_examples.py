"""The worked examples of lectures, as cases of a task."""

from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.answering import answered
from checker.cases.case_set import Case
from checker.cases.forms import Form
from checker.course.assignment import Task


def worked_examples(spec: Any, task: Task, question: Form) -> list[Case]:
    """The worked examples of lectures that use this form.

    A lecture prints rounded numbers, so a result is right if it rounds to the printed digits.
    """
    cases = []
    settings = {a.name: a.default for a in spec.arguments if a.tried}
    for example in getattr(spec, "examples", ()):
        if task.asks not in example.prints:
            continue
        data = {n: v if n in settings else np.array(v) for n, v in example.inputs.items()}
        if not spec.has_ranks(data):
            continue
        values = question.values({**settings, **data})
        pairs = zip(answered(question, values).results, example.prints[task.asks], strict=True)
        results = [exact if p is None else _printed(p, exact) for exact, p in pairs]
        case = Case(values, results, f"the worked example of {example.source}")
        cases.append(case)
    return cases


def _printed(digits: str, exact: Result) -> Result:
    """What rounds to the digits, up to the rounding of the computation."""
    value = np.array(float(digits))
    decimals = len(digits.partition(".")[2])
    return Result(value, value, 0.5 * 10.0**-decimals + exact.bound)
