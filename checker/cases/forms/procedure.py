"""The form of a procedure: its results for given arguments."""

from functools import partial
from typing import Any

from checker.cases.forms import Answer, Form, Kind, Part
from checker.cases.forms.arguments import implementation, names, part, plain, terms
from checker.numerics.equations import parts
from checker.sandbox.ragged import padded, rows
from reference.spec import Procedure


def run(spec: Procedure) -> Form:
    """f(*arguments) returns the results. Rows of different lengths are a list of arrays."""
    several = len(spec.outputs) > 1

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        answer = function(**{a.name: v for a, v in zip(spec.arguments, values, strict=True)})
        if several:
            return parts(answer)
        ragged = rows(answer)
        return (answer if ragged is None else padded(ragged),)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        return tuple(Answer(result, result) for result in call(spec.run, values))

    return Form(
        arguments=tuple(map(part, spec.arguments)),
        results=tuple(Part(n, o.axes) for n, o in zip(names(spec), spec.outputs, strict=True)),
        reference=spec.run,
        call=call,
        answers=answers,
        values=partial(plain, spec),
        decides=True,
        terms=partial(terms, spec),
        rejects_invalid=spec.rejects_invalid,
        implementation=implementation,
        stand_in="run",
    )


KIND = Kind({"run": run}, lambda _: ("run",))
