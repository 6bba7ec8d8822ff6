"""The form of an initialiser: the weights for given noise, so the result is not random."""

from dataclasses import replace
from typing import Any

from checker.cases.forms import Answer, Form, Kind, Part
from checker.cases.forms.arguments import implementation
from reference.spec import Argument, Initialiser


def forward(spec: Initialiser) -> Form:
    """f(noise, *settings) returns the weights."""
    settings = [a.name for a in spec.arguments if a.tried]
    noise = spec.arguments[0]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        return (function(values[0], **dict(zip(settings, values[1:], strict=True))),)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        (result,) = call(spec.forward, values)
        return (Answer(result, result),)

    def values(case: Any) -> list[Any]:
        """The arguments of a case. The noise of a uniform initialiser lies in [0, 1)."""
        sampled = case["noise"]
        if spec.noise == "random":
            sampled = abs(sampled) % 1
        return [sampled, *(case[name] for name in settings)]

    return Form(
        arguments=(
            Part("noise", noise.axes, f"sampled with numpy's rng.{spec.noise}"),
            *(Part(name, ()) for name in settings),
        ),
        results=(Part("the result", noise.axes, "the weights"),),
        reference=spec.forward,
        call=call,
        answers=answers,
        values=values,
        implementation=implementation,
        stand_in="forward",
    )


def of_a_dense_layer(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments restricted to a weight matrix: a task does not ask for convolution kernels."""
    return tuple(replace(argument, axes=argument.axes[-2:]) for argument in arguments)


KIND = Kind({"forward": forward}, lambda _: ("forward",), of_a_dense_layer)
