"""The properties of an operation, asked of the operation itself. `check verify` does so exactly.

So is the shape of its results, which is one more property.
"""

from inspect import Parameter, signature
from typing import Any

import numpy as np

from checker.cases.forms import configured, form, kind
from checker.cases.pool import random_cases
from checker.course.assignment import Task
from checker.diagnosis.properties import equal
from checker.numerics import axes, inputs
from checker.numerics.equations import parts
from reference.catalogue import described, file, names, operation

CASES = 12
LENGTHS = (2, 4)  # of axes, and the length below which they are


def misshapen(name: str) -> str:
    """A result of a forward that has not the shape that is declared, in words, or nothing.

    The settings have their defaults. Axes that no argument has may have any length.
    """
    declared: Any = operation(name)
    if not hasattr(declared, "backward"):
        return ""
    arguments = declared.arguments
    known = {*axes.names(arguments), *(a.name for a in arguments if a.tried)}
    settings = {
        a.name: a.tried[0] if a.default is Parameter.empty else a.default
        for a in arguments
        if a.tried
    }
    for seed in range(CASES):
        sizes = _sizes(arguments, np.random.default_rng(seed))
        case = inputs.filled(arguments, sizes, settings, np.random.default_rng(seed), 1.0)
        if declared.possible is not None and not declared.possible(**case):
            continue
        with np.errstate(all="ignore"):
            results = parts(declared.forward(**case))
        if len(results) != len(declared.outputs):
            return f"forward returns {len(results)} results, and declares {len(declared.outputs)}"
        for result, output in zip(results, declared.outputs, strict=True):
            found = np.shape(result)
            if output.axes == ("...",):
                fits = found != ()
            elif known.issuperset(axes.names([output])) and "..." not in output.axes:
                fits = found == axes.shape(output.axes, sizes, settings)
            else:
                continue
            if not fits:
                given = ", ".join(
                    f"{a.name} of {np.shape(case[a.name])}" for a in arguments if not a.tried
                )
                text = " ".join(output.axes)
                return f'forward returns the shape {found} where it declares "{text}", for {given}'
    return ""


def _sizes(arguments: Any, rng: np.random.Generator) -> dict[str, tuple[int, ...]]:
    def lengths(rank: int) -> tuple[int, ...]:
        return tuple(map(int, rng.integers(*LENGTHS, size=rank)))

    return inputs.sized(arguments, lambda: lengths(1)[0], lengths)


def broken(name: str) -> str:
    """A property that does not hold for this operation, in words, or nothing."""
    declared = operation(name)
    settings = tuple(a.name for a in declared.arguments if a.tried and not a.fixed)
    for asks in kind(declared).forms:
        spec = configured(Task(name, name, asks, 1, settings))
        question = form(spec, asks)
        if question.implementation is None:
            continue
        taken = [n for n in signature(question.reference).parameters if n not in spec.fixed]
        for case in random_cases(spec, question, CASES):
            values = question.property_inputs(case.arguments)
            named = dict(zip(taken, values, strict=True))
            for claim in spec.properties:
                try:
                    with np.errstate(all="ignore"):
                        left, right, *_ = claim(question.reference, **named)
                except Exception as error:
                    return f"{claim.__name__} fails: {described(error, file(names()[name]))}"
                if not equal(left, right):
                    return f"{claim.__name__} does not hold: {claim.__doc__}"
    return ""
