"""Questions about a procedure: what it returns for these arguments."""

from functools import partial
from typing import Any

import numpy as np

from checker.equations import as_traced, parts
from checker.kinds import Answer, Form, Part
from checker.kinds.arguments import part, plain, traced
from checker.rounding import Traced
from checker.worker.ragged import padded, rows
from reference.spec import Procedure


def run(spec: Procedure) -> Form:
    """f(*arguments) gives the results; arrays of different lengths are a list of them."""
    several = len(spec.outputs) > 1

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        answer = function(**{a.name: v for a, v in zip(spec.arguments, values, strict=True)})
        if several:
            return parts(answer)
        found = rows(answer)
        return (answer if found is None else padded(found),)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        results = map(_rounded_once, call(spec.run, list(map(traced, values))))
        return tuple(Answer(result, result) for result in results)

    return Form(
        arguments=tuple(map(part, spec.arguments)),
        results=tuple(Part(o.name or "the result", o.axes) for o in spec.outputs),
        backward=False,
        call=call,
        answers=answers,
        values=partial(plain, spec),
    )


FORMS = {"run": run}


def _rounded_once(result: Any) -> Traced:
    """A number made of decisions, such as a share of right answers, has lost their error."""
    if not isinstance(result, Traced) and np.asarray(result).dtype.kind == "f":
        return Traced(result, np.abs(result))
    return as_traced(result)
