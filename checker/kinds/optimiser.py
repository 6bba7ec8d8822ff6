"""Questions about an optimiser: one step from rest."""

from typing import Any

from checker.equations import as_traced
from checker.kinds import Answer, Form, Part
from reference.spec import Optimiser


def step(spec: Optimiser) -> Form:
    """f(param, grad, *settings) gives the parameter after one step."""
    settings = [a for a in spec.arguments if a.name not in ("param", "grad")]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        param, grad, *rest = values
        named = {a.name: value for a, value in zip(settings, rest, strict=True)}
        return (function(grad, spec.init(param), param, **named)[0],)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        param, grad, *rest = values
        (result,) = call(spec.update, [as_traced(param), as_traced(grad), *rest])
        return (Answer(as_traced(result), as_traced(result)),)

    return Form(
        arguments=(
            Part("param", ("...",), "the parameter before the step"),
            Part("grad", ("...",), "its gradient"),
            *(Part(a.name, ()) for a in settings),
        ),
        results=(Part("the result", ("...",), "the parameter after the step"),),
        backward=False,
        call=call,
        answers=answers,
        values=lambda case: [case["param"], case["grad"], *(case[a.name] for a in settings)],
    )


FORMS = {"step": step}
