"""Questions about an optimiser: one step from rest, and the path that many steps take."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from checker.equations import as_traced
from checker.kinds import Answer, Form, Part
from reference.spec import Optimiser

LONGEST = 6
# What each gradient is of the one drawn: signs that turn, sizes that change, a pause.
FACTORS = (1.0, 0.5, -1.0, -2.0, 0.0, 1.5)


def step(spec: Optimiser) -> Form:
    """f(param, grad, *settings) gives the parameter after one step."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        param, grad, *settings = values
        return (function(grad, spec.init(param), param, **_named(spec, settings))[0],)

    return Form(
        arguments=(
            Part("param", ("...",), "the parameter before the step"),
            Part("grad", ("...",), "its gradient"),
            *_settings(spec),
        ),
        results=(Part("the result", ("...",), "the parameter after the step"),),
        backward=False,
        call=call,
        answers=lambda values: _answers(call(spec.update, _traced(values))),
        values=lambda case: [case["param"], case["grad"], *_values(spec, case)],
    )


def path(spec: Optimiser) -> Form:
    """f(start, grads, *settings) gives the parameter after each step, for gradients in a row."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        param, grads, *settings = values
        state, positions, named = spec.init(param), [], _named(spec, settings)
        for grad in grads:
            param, state = function(grad, state, param, **named)
            positions.append(param)
        return (np.stack(positions),)

    return Form(
        arguments=(
            Part("start", ("...",), "the parameter before the first step"),
            Part("grads", ("t", "..."), "the gradient that each of the t steps gets"),
            *_settings(spec),
        ),
        results=(Part("the result", ("t", "..."), "the parameter after each step"),),
        backward=False,
        call=call,
        answers=lambda values: _answers(call(spec.update, _traced(values))),
        values=lambda case: [case["param"], _gradients(case["grad"]), *_values(spec, case)],
    )


FORMS = {"step": step, "path": path}


def _gradients(grad: Any) -> Any:
    """A row of gradients made of one, longer where it is larger."""
    count = 1 + (grad.size + int(10 * np.abs(grad).sum())) % LONGEST
    turned = [np.roll(grad, k) for k in range(count)]
    return np.stack([factor * each for factor, each in zip(FACTORS, turned, strict=False)])


def _settings(spec: Optimiser) -> list[Part]:
    return [Part(a.name, ()) for a in spec.arguments if a.name not in ("param", "grad")]


def _named(spec: Optimiser, values: list[Any]) -> dict[str, Any]:
    return {part.name: value for part, value in zip(_settings(spec), values, strict=True)}


def _values(spec: Optimiser, case: Mapping[str, Any]) -> list[Any]:
    return [case[part.name] for part in _settings(spec)]


def _traced(values: list[Any]) -> list[Any]:
    param, grad, *settings = values
    return [as_traced(param), as_traced(grad), *settings]


def _answers(results: tuple[Any, ...]) -> tuple[Answer, ...]:
    return tuple(Answer(as_traced(each), as_traced(each)) for each in results)
