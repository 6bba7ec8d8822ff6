"""The properties of an operation, asked of the operation itself. `check verify` does so exactly."""

from inspect import signature

import numpy as np

from checker.cases.forms import configured, form, kind
from checker.cases.pool import random_cases
from checker.course.assignment import Task
from checker.diagnosis.properties import equal
from reference.catalogue import operation

CASES = 12


def broken(name: str) -> str:
    """A property that does not hold for this operation, in words, or nothing."""
    declared = operation(name)
    settings = tuple(a.name for a in declared.arguments if a.tried and not a.fixed)
    for asks in kind(declared).forms:
        spec = configured(Task(name, name, asks, 1, settings))
        question = form(spec, asks)
        if question.implementation is None:
            continue
        names = [n for n in signature(question.reference).parameters if n not in spec.fixed]
        for case in random_cases(spec, question, CASES):
            values = question.property_inputs(case.arguments)
            named = dict(zip(names, values, strict=True))
            for claim in spec.properties:
                try:
                    with np.errstate(all="ignore"):
                        left, right, *_ = claim(question.reference, **named)
                except Exception as error:
                    return f"{claim.__name__} raises {type(error).__name__}: {error}"
                if not equal(left, right):
                    return f"{claim.__name__} does not hold: {claim.__doc__}"
    return ""
