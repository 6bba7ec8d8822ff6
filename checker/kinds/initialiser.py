"""Questions about an initialiser: the weights for noise that is given, so nothing is random."""

from typing import Any

from checker.equations import as_traced
from checker.kinds import Answer, Form, Part
from reference.spec import Initialiser


def forward(spec: Initialiser) -> Form:
    """f(noise, *settings) gives the weights."""
    settings = [a.name for a in spec.arguments if a.tried]
    noise = spec.arguments[0]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        return (function(values[0], **dict(zip(settings, values[1:], strict=True))),)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        (result,) = call(spec.forward, [as_traced(values[0]), *values[1:]])
        return (Answer(as_traced(result), as_traced(result)),)

    def values(case: Any) -> list[Any]:
        """What the declared generator draws lies in [0, 1) for a uniform initialiser."""
        drawn = case["noise"]
        if spec.noise == "random":
            drawn = abs(drawn) % 1
        return [drawn, *(case[name] for name in settings)]

    return Form(
        arguments=(
            Part("noise", noise.axes, f"drawn by numpy's rng.{spec.noise}"),
            *(Part(name, ()) for name in settings),
        ),
        results=(Part("the result", noise.axes, "the weights"),),
        backward=False,
        call=call,
        answers=answers,
        values=values,
    )


FORMS = {"forward": forward}
